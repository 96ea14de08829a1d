import type { ConsumerGroup, ConsumerMember, Subscription } from './consumer-group.js';

/** The topics of the broker, as far as groups need them. */
export interface Topics {
  get(name: string): { readonly id: string; readonly partitions: number } | undefined;
  /** The names that match a pattern as a whole. */
  matching(topicRegex: string): readonly string[];
}

/** Topic ids and their numbers of partitions, in the order of the names. */
export type SubscribedTopics = ReadonlyMap<string, number>;

/** The topics that exist among those that a member subscribes to, by name and by pattern. */
const topicsOf = ({ topicNames, topicRegex }: Subscription, topics: Topics): SubscribedTopics => {
  const names = new Set([...topicNames, ...(topicRegex === '' ? [] : topics.matching(topicRegex))]);
  const found = [...names].sort().map((name) => topics.get(name));
  return new Map(found.filter((topic) => topic !== undefined).map(({ id, partitions }) => [id, partitions]));
};

/** The topics of all members; a pattern that many members have is searched for once. */
export const subscriptionsOf = (
  { members }: ConsumerGroup,
  topics: Topics,
): Map<ConsumerMember, SubscribedTopics> => {
  const searched = new Map<string, SubscribedTopics>();
  const topicsOnce = (member: ConsumerMember): SubscribedTopics => {
    const key = JSON.stringify([member.topicNames, member.topicRegex]);
    if (!searched.has(key)) searched.set(key, topicsOf(member, topics));
    return searched.get(key)!;
  };
  return new Map([...members.values()].map((member) => [member, topicsOnce(member)]));
};

/** Differs when a subscribed topic is created, deleted or given more partitions. */
export const fingerprintOf = (subscriptions: Iterable<SubscribedTopics>): string => {
  const all = new Set<SubscribedTopics>(subscriptions);
  const lines = new Set([...all].flatMap((topics) => [...topics].map(([id, count]) => `${id}:${count}`)));
  return [...lines].sort().join();
};

export const hasSameSubscription = (a: Subscription, b: Subscription): boolean =>
  a.topicRegex === b.topicRegex &&
  a.topicNames.length === b.topicNames.length &&
  a.topicNames.every((name, index) => name === b.topicNames[index]);
