import { txnOffsetCommit } from './28-txn-offset-commit.js';
import type { CommittedOffset, TopicPartition } from '../groups/offset-store.js';
import { findTopic } from '../topics/find-partition.js';
import { admit, type Admission } from '../transactions/admission.js';
import { offsetsPartitionOf } from '../transactions/offsets-partition.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { acceptedOffset } from './08-offset-commit.handler.js';
import { commitCheck } from './commit-check.js';
import { coordinated } from './coordinated.js';
import { attempt, type Context, type Handler } from './handler.js';

type Request = RequestOf<typeof txnOffsetCommit>;

/** Offsets that cannot be accepted fail alone; the others are stored together. */
export const answerTxnOffsetCommit: Handler<typeof txnOffsetCommit> = async (request, context) => {
  const accepted: (TopicPartition & CommittedOffset)[] = [];
  const topics = request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map((requested) => {
      const { partitionIndex } = requested;
      return attempt(
        context,
        () => {
          accepted.push(acceptedOffset(findTopic(context.broker.topics, { name }), requested, context));
          return { partitionIndex, errorCode: ErrorCode.NONE as ErrorCode };
        },
        ({ errorCode }) => ({ partitionIndex, errorCode }),
      );
    }),
  }));
  const refused = accepted.length === 0 ? ErrorCode.NONE : await commit(request, accepted, context);
  const withError = <P extends { errorCode: ErrorCode }>(p: P): P => ({
    ...p,
    errorCode: p.errorCode || refused,
  });
  return { topics: topics.map((topic) => ({ ...topic, partitions: topic.partitions.map(withError) })) };
};

const commit = async (
  request: Request,
  offsets: readonly (TopicPartition & CommittedOffset)[],
  context: Context,
): Promise<ErrorCode> => {
  const { producerId, groupId } = request;
  const refused = admission(request, context) || (await membership(request, context));
  if (refused) return refused;
  return coordinated(context, () => {
    context.broker.pendingOffsets.add(producerId, groupId, offsets);
    return { error: ErrorCode.NONE };
  }).error;
};

/** The error for a group that is not part of the transaction, in the terms of a coordinator. */
const admission = (request: Request, context: Context): ErrorCode => {
  const { transactionalId, producerId, producerEpoch: epoch, groupId } = request;
  const place = offsetsPartitionOf(groupId);
  const write = { transactionalId, producer: { producerId, epoch }, place, places: [place] };
  const { error } = coordinated(context, () => ({
    error: admit(context.broker.transactions, write, admissionIn(context.version)),
  }));
  return error === ErrorCode.NOT_ENOUGH_REPLICAS ? ErrorCode.COORDINATOR_NOT_AVAILABLE : error;
};

const admissionIn = (version: number): Admission =>
  version >= 5 ? 'add' : version === 4 ? 'verifyAbortable' : 'verify';

/** The version of OffsetCommit whose errors can name the epoch of a member (KIP-848). */
const WITH_EPOCHS = 9;

/**
 * A member must be current; a producer that names none (before KIP-447) is trusted. Other than plain commits, those of
 * transactions are accepted during a rebalance, and their errors know only generations.
 */
const membership = async (request: Request, { broker }: Context): Promise<ErrorCode> => {
  const { groupId, generationId: generation, memberId, groupInstanceId: instanceId } = request;
  if (generation < 0 && memberId === '' && instanceId === null) return ErrorCode.NONE;
  const error = await commitCheck(broker, { groupId, memberId, instanceId, generation }, WITH_EPOCHS);
  if (error === ErrorCode.REBALANCE_IN_PROGRESS) return ErrorCode.NONE;
  const isGeneration = error === ErrorCode.STALE_MEMBER_EPOCH || error === ErrorCode.GROUP_ID_NOT_FOUND;
  return isGeneration ? ErrorCode.ILLEGAL_GENERATION : error;
};
