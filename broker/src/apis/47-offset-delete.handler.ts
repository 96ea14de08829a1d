import { offsetDelete } from './47-offset-delete.js';
import type { Broker } from '../broker.js';
import { subscribedTopics } from '../groups/consumer-protocol.js';
import { ErrorCode } from '../wire/error-code.js';
import { failureOf, type Handler } from './handler.js';

export const answerOffsetDelete: Handler<typeof offsetDelete> = ({ groupId, topics }, context) => {
  const { broker } = context;
  const refused = refusal(groupId, broker);
  if (refused !== ErrorCode.NONE) return { errorCode: refused };
  const isSubscribed = subscriptionOf(groupId, broker);
  const answers = topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex }) => ({
      partitionIndex,
      errorCode: partitionError(broker, { name, partitionIndex }, isSubscribed),
    })),
  }));
  const targets = answers.flatMap(({ name, partitions }) =>
    partitions
      .filter(({ errorCode }) => errorCode === ErrorCode.NONE)
      .map(({ partitionIndex }) => ({ topic: name, partition: partitionIndex })),
  );
  try {
    broker.offsets.deletePartitions(groupId, targets);
  } catch (error) {
    return { errorCode: failureOf(error, context).errorCode };
  }
  return { topics: answers };
};

/** A group that is not of consumers, such as one of Kafka Connect, must be empty: nobody knows what its members use. */
const refusal = (groupId: string, { groups, consumerGroups, offsets }: Broker): ErrorCode => {
  if (groupId === '') return ErrorCode.INVALID_GROUP_ID;
  if (consumerGroups.get(groupId)) return ErrorCode.NONE;
  const group = groups.get(groupId);
  if (!group) return offsets.of(groupId).length > 0 ? ErrorCode.NONE : ErrorCode.GROUP_ID_NOT_FOUND;
  return group.phase === 'Empty' || group.protocolType === 'consumer'
    ? ErrorCode.NONE
    : ErrorCode.NON_EMPTY_GROUP;
};

/** Whether a group reads a topic; one of consumers whose metadata cannot be read may read any (as in Kafka's ClassicGroup). */
const subscriptionOf = (
  groupId: string,
  { groups, consumerGroups }: Broker,
): ((topic: string) => boolean) => {
  const group = groups.get(groupId);
  const topics = group ? subscribedTopics(group) : new Set(consumerGroups.subscribedTopics(groupId));
  return (topic) => topics?.has(topic) ?? true;
};

const partitionError = (
  { topics }: Broker,
  { name, partitionIndex }: { name: string; partitionIndex: number },
  isSubscribed: (topic: string) => boolean,
): ErrorCode => {
  if (!topics.get(name)?.partitions[partitionIndex]) return ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
  return isSubscribed(name) ? ErrorCode.GROUP_SUBSCRIBED_TO_TOPIC : ErrorCode.NONE;
};
