import type { System } from '../../model/system/system.js';
import type { Stake } from './stakes.js';

/** A change to a topic that breaks its existing producers or consumers. */
export interface TopicChange {
  readonly topic: string;
  readonly rule: 'TOPIC_NO_DELETE' | 'TOPIC_SAME_MESSAGE' | 'TOPIC_PARTITIONS_NO_DECREASE';
  readonly message: string;
  readonly affects: Stake[];
}

/** The topics that were removed, carry another message or have fewer partitions. */
export function topicChanges(before: System, now: System): TopicChange[] {
  return before.topics.flatMap((old) => {
    const change = changeOf(old, now);
    return change ? [{ topic: old.name, ...change, affects: stakesInTopic(old.name, before, now) }] : [];
  });
}

function changeOf(
  old: System['topics'][number],
  { topics }: System,
): Pick<TopicChange, 'rule' | 'message'> | undefined {
  const topic = topics.find(({ name }) => name === old.name);
  if (!topic) return { rule: 'TOPIC_NO_DELETE', message: `the topic "${old.name}" was deleted` };
  if (topic.message !== old.message)
    return {
      rule: 'TOPIC_SAME_MESSAGE',
      message: `the topic "${old.name}" carries ${topic.message} instead of ${old.message}`,
    };
  if (topic.partitions >= old.partitions) return undefined;
  return {
    rule: 'TOPIC_PARTITIONS_NO_DECREASE',
    message: `the topic "${old.name}" has ${topic.partitions} partitions instead of ${old.partitions}, but Kafka cannot remove partitions`,
  };
}

function stakesInTopic(topic: string, ...systems: System[]): Stake[] {
  const stakes = systems.flatMap(({ services }) =>
    services.flatMap((service) => {
      const verbs = (['publishes', 'consumes', 'follows'] as const).filter((verb) =>
        service[verb].includes(topic),
      );
      return verbs.map((verb) => ({ service: service.name, because: [`${verb} ${topic}`] }));
    }),
  );
  return [...new Map(stakes.map((stake) => [`${stake.service} ${stake.because.join()}`, stake])).values()];
}
