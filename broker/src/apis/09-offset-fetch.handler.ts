import { offsetFetch } from './09-offset-fetch.js';
import type { Broker } from '../broker.js';
import { fetchError } from '../groups/consumer/offset-access.js';
import type { TopicPartition } from '../groups/offset-store.js';
import { findTopic, type TopicReference } from '../topics/find-partition.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { attempt, type Handler } from './handler.js';

type Group = RequestOf<typeof offsetFetch>['groups'][number];
type Topic = NonNullable<Group['topics']>[number];
type GroupAnswer = NonNullable<ResponseOf<typeof offsetFetch>['groups']>[number];
type TopicAnswer = NonNullable<GroupAnswer['topics']>[number];

/** One group, or since version 8 several (KIP-709). No topics means all that the group has offsets for. */
export const answerOffsetFetch: Handler<typeof offsetFetch> = (request, { broker, version }) => {
  const answer = (group: Parameters<typeof answerGroup>[0]): GroupAnswer =>
    request.requireStable ? stable(answerGroup(group, broker), broker) : answerGroup(group, broker);
  if (version >= 8) return { groups: request.groups.map(answer) };
  const topics = request.topics?.map((topic) => ({ ...topic, topicId: undefined })) ?? null;
  return answer({ groupId: request.groupId, topics });
};

/** Instead of an offset that an open transaction may replace, the client gets an error, and retries (KIP-447). */
const stable = ({ topics, ...answer }: GroupAnswer, { pendingOffsets }: Broker): GroupAnswer => ({
  ...answer,
  topics: (topics ?? []).map(({ partitions, ...topic }) => ({
    ...topic,
    partitions: (partitions ?? []).map((partition) => {
      const { partitionIndex = 0 } = partition;
      const isPending = pendingOffsets.has(answer.groupId!, {
        topic: topic.name!,
        partition: partitionIndex,
      });
      return isPending ? { partitionIndex, ...UNSTABLE } : partition;
    }),
  })),
});

const UNSTABLE = {
  committedOffset: -1,
  committedLeaderEpoch: -1,
  metadata: '',
  errorCode: ErrorCode.UNSTABLE_OFFSET_COMMIT,
};

type GroupRequest = Pick<Group, 'groupId'> &
  Partial<Pick<Group, 'memberId' | 'memberEpoch'>> & {
    topics: (Omit<Topic, 'topicId'> & TopicReference)[] | null;
  };

/** A member of the consumer protocol is told when its epoch is out of date; anybody else may ask (KIP-848). */
const answerGroup = (
  { groupId, topics, memberId, memberEpoch = -1 }: GroupRequest,
  broker: Broker,
): GroupAnswer => {
  const group = broker.consumerGroups.get(groupId);
  const errorCode = group ? fetchError(group, { memberId: memberId ?? '', memberEpoch }) : ErrorCode.NONE;
  if (errorCode !== ErrorCode.NONE) return { groupId, errorCode };
  const requested = topics ?? everything(broker.offsets.of(groupId));
  return { groupId, topics: requested.map((topic) => answerTopic(groupId, topic, broker)) };
};

type TopicRequest = TopicReference & { partitionIndexes: number[] };

const everything = (places: TopicPartition[]): TopicRequest[] => {
  const byName = new Map<string, number[]>();
  for (const { topic, partition } of places) {
    const known = byName.get(topic);
    if (known) known.push(partition);
    else byName.set(topic, [partition]);
  }
  return [...byName].map(([name, partitionIndexes]) => ({ name, partitionIndexes }));
};

/** Only an id can be unknown here: a name without offsets is not an error. */
const answerTopic = (
  group: string,
  { name, topicId, partitionIndexes }: TopicRequest,
  broker: Broker,
): TopicAnswer => {
  const found = attempt(
    { broker },
    () => ({
      name: name || findTopic(broker.topics, { topicId }).name,
      errorCode: ErrorCode.NONE as ErrorCode,
    }),
    ({ errorCode }) => ({ name: '', errorCode }),
  );
  const id = topicId ?? broker.topics.get(found.name)?.id;
  return {
    ...(id && { topicId: id }),
    name: found.name,
    partitions: partitionIndexes.map((partitionIndex) => {
      const committed = broker.offsets.get(group, { topic: found.name, partition: partitionIndex });
      return {
        partitionIndex,
        committedOffset: committed?.offset ?? -1,
        committedLeaderEpoch: committed?.leaderEpoch ?? -1,
        metadata: committed?.metadata ?? '',
        errorCode: found.errorCode,
      };
    }),
  };
};
