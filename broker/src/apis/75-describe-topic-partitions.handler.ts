import { describeTopicPartitions } from './75-describe-topic-partitions.js';
import type { Broker } from '../broker.js';
import { findTopic } from '../topics/find-partition.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { authorizedOperations } from './authorized-operations.js';
import { describePartition } from './describe-partition.js';
import { attempt, type Context, type Handler } from './handler.js';

type Request = RequestOf<typeof describeTopicPartitions>;
type Answer = ResponseOf<typeof describeTopicPartitions>;
type TopicAnswer = NonNullable<Answer['topics']>[number];
type Cursor = NonNullable<Request['cursor']>;

/** Topics ordered by name, a page of partitions at a time (KIP-966). */
export const answerDescribeTopicPartitions: Handler<typeof describeTopicPartitions> = (request, context) => {
  const { broker } = context;
  const { cursor } = request;
  if (cursor && cursor.partitionIndex < 0)
    return { topics: request.topics.map(({ name }) => ({ name, errorCode: ErrorCode.INVALID_REQUEST })) };
  const requested = request.topics.length ? request.topics : broker.topics.all();
  const names = [...new Set(requested.map(({ name }) => name))].sort();
  let room = Math.max(1, request.responsePartitionLimit);
  const topics: TopicAnswer[] = [];
  for (const name of names.filter((one) => !cursor || one >= cursor.topicName)) {
    if (room === 0) return { topics, nextCursor: { topicName: name, partitionIndex: 0 } };
    const first = cursor?.topicName === name ? cursor.partitionIndex : 0;
    const { topic, next } = page(name, { first, room }, context);
    topics.push(topic);
    if (next) return { topics, nextCursor: next };
    room -= topic.partitions?.length ?? 0;
  }
  return { topics };
};

/** Also of a topic that does not exist, as in Apache Kafka. */
const operations = { topicAuthorizedOperations: authorizedOperations.topic };

const page = (name: string, { first, room }: { first: number; room: number }, context: Context) =>
  attempt<{ topic: TopicAnswer; next?: Cursor }, { topic: TopicAnswer; next?: Cursor }>(
    context,
    () => {
      const { id, partitions } = findTopic(context.broker.topics, { name });
      const end = Math.min(partitions.length, first + room);
      return {
        topic: { name, topicId: id, partitions: described(first, end, context.broker), ...operations },
        ...(end < partitions.length && { next: { topicName: name, partitionIndex: end } }),
      };
    },
    ({ errorCode }) => ({ topic: { name, errorCode, ...operations } }),
  );

const described = (first: number, end: number, broker: Broker) =>
  Array.from({ length: Math.max(0, end - first) }, (_, i) => ({
    ...describePartition(first + i, broker),
    // The Java client fails on null, though the definition allows it.
    eligibleLeaderReplicas: [],
    lastKnownElr: [],
  }));
