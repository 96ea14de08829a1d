import { offsetCommit } from './08-offset-commit.js';
import { commitCheck } from './commit-check.js';
import type { CommittedOffset, TopicPartition } from '../groups/offset-store.js';
import { findTopic } from '../topics/find-partition.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, failureOf, type Context, type Handler } from './handler.js';

type Request = RequestOf<typeof offsetCommit>;
type PartitionRequest = Request['topics'][number]['partitions'][number];

/** All accepted offsets are written atomically, so that a consumer's positions stay consistent across partitions. */
export const answerOffsetCommit: Handler<typeof offsetCommit> = async (request, context) => {
  const { groupId, memberId, groupInstanceId: instanceId, generationIdOrMemberEpoch: generation } = request;
  const committer = { groupId, memberId, instanceId, generation };
  const refused = await commitCheck(context.broker, committer, context.version);
  const accepted: (TopicPartition & CommittedOffset)[] = [];
  const topics = request.topics.map(({ name, topicId, partitions }) => ({
    name,
    topicId,
    partitions: partitions.map((requested) => {
      const { partitionIndex } = requested;
      return attempt(
        context,
        () => {
          const topic = findTopic(context.broker.topics, { name, topicId });
          const offset = acceptedOffset(topic, requested, context);
          if (refused === ErrorCode.NONE) accepted.push(offset);
          return { partitionIndex, errorCode: refused };
        },
        ({ errorCode }) => ({ partitionIndex, errorCode }),
      );
    }),
  }));
  const failed = store(request.groupId, accepted, context);
  if (failed === ErrorCode.NONE) return { topics };
  const withError = <P extends { errorCode: ErrorCode }>(p: P): P => ({
    ...p,
    errorCode: p.errorCode || failed,
  });
  return { topics: topics.map((topic) => ({ ...topic, partitions: topic.partitions.map(withError) })) };
};

/** The offset to store. Throws the error for a partition that does not exist, or too much metadata. */
export const acceptedOffset = (
  topic: ReturnType<typeof findTopic>,
  { partitionIndex, committedOffset, committedLeaderEpoch, committedMetadata }: PartitionRequest,
  { broker }: Context,
): TopicPartition & CommittedOffset => {
  if (!topic.partitions[partitionIndex])
    throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `no partition ${partitionIndex}`);
  const metadata = committedMetadata ?? '';
  const limit = broker.resources.numberOf('offset.metadata.max.bytes');
  if (metadata.length > limit)
    throw new KafkaError(ErrorCode.INVALID_COMMIT_OFFSET_SIZE, `metadata must have at most ${limit} bytes`);
  const target = { topic: topic.name, partition: partitionIndex };
  return {
    ...target,
    offset: committedOffset,
    leaderEpoch: committedLeaderEpoch,
    metadata,
    time: broker.now(),
  };
};

/** A disk error is reported as "coordinator not available", as in Kafka, so that consumers retry. */
const store = (group: string, offsets: (TopicPartition & CommittedOffset)[], context: Context): ErrorCode => {
  try {
    context.broker.offsets.commit(group, offsets);
    return ErrorCode.NONE;
  } catch (error) {
    const { errorCode } = failureOf(error, context);
    return errorCode === ErrorCode.KAFKA_STORAGE_ERROR ? ErrorCode.COORDINATOR_NOT_AVAILABLE : errorCode;
  }
};
