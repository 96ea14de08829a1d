import { offsetCommit } from '../apis/08-offset-commit.js';
import type { CommittedOffset, Place } from '../groups/offset-store.js';
import { findTopic } from '../topics/find-partition.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, failureOf, type Context, type Handler } from './handler.js';

/** Kafka's offset.metadata.max.bytes. */
const MAX_METADATA = 4096;

type Request = RequestOf<typeof offsetCommit>;
type Wanted = Request['topics'][number]['partitions'][number];

/** All offsets that may be committed are written as one: a consumer's position over its partitions stays consistent. */
export const answerOffsetCommit: Handler<typeof offsetCommit> = async (request, context) => {
  const refused = await refusal(request, context);
  const accepted: (Place & CommittedOffset)[] = [];
  const topics = request.topics.map(({ name, topicId, partitions }) => ({
    name,
    topicId,
    partitions: partitions.map((wanted) => {
      const { partitionIndex } = wanted;
      if (refused !== ErrorCode.NONE) return { partitionIndex, errorCode: refused };
      return attempt(
        context,
        () => {
          accepted.push(acceptedOffset(findTopic(context.broker.topics, { name, topicId }), wanted, context));
          return { partitionIndex, errorCode: ErrorCode.NONE as ErrorCode };
        },
        ({ errorCode }) => ({ partitionIndex, errorCode }),
      );
    }),
  }));
  const failed = store(request.groupId, accepted, context);
  if (failed === ErrorCode.NONE) return { topics };
  const spoil = <P extends { errorCode: ErrorCode }>(p: P): P => ({ ...p, errorCode: p.errorCode || failed });
  return { topics: topics.map((topic) => ({ ...topic, partitions: topic.partitions.map(spoil) })) };
};

const refusal = async (request: Request, { broker }: Context): Promise<ErrorCode> => {
  const { groupId, memberId, groupInstanceId: instanceId, generationIdOrMemberEpoch: generation } = request;
  const { error } = await broker.groups.ask(groupId, { kind: 'commit', memberId, instanceId, generation });
  return error;
};

const acceptedOffset = (
  topic: ReturnType<typeof findTopic>,
  { partitionIndex, committedOffset, committedLeaderEpoch, committedMetadata }: Wanted,
  { broker }: Context,
): Place & CommittedOffset => {
  if (!topic.partitions[partitionIndex])
    throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `no partition ${partitionIndex}`);
  const metadata = committedMetadata ?? '';
  if (metadata.length > MAX_METADATA)
    throw new KafkaError(ErrorCode.INVALID_COMMIT_OFFSET_SIZE, `metadata has at most ${MAX_METADATA} bytes`);
  const place = { topic: topic.name, partition: partitionIndex };
  return {
    ...place,
    offset: committedOffset,
    leaderEpoch: committedLeaderEpoch,
    metadata,
    time: broker.now(),
  };
};

/** A disk that refuses is told as "coordinator not available", as Kafka does: consumers then try again. */
const store = (group: string, offsets: (Place & CommittedOffset)[], context: Context): ErrorCode => {
  try {
    context.broker.offsets.commit(group, offsets);
    return ErrorCode.NONE;
  } catch (error) {
    const { errorCode } = failureOf(error, context);
    return errorCode === ErrorCode.KAFKA_STORAGE_ERROR ? ErrorCode.COORDINATOR_NOT_AVAILABLE : errorCode;
  }
};
