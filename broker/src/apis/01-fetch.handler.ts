import { fetch } from './01-fetch.js';
import { findPartition, checkLeaderEpoch } from '../topics/find-partition.js';
import { LEADER_EPOCH, type Isolation } from '../topics/partition.js';
import { RecordBatch, sizeOf } from '../records/record-batch.js';
import { isolationOf } from './isolation-level.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { awaitGrowth, type SeenPartition } from './await-growth.js';
import { attempt, type Context, type Handler } from './handler.js';
import { inSlices } from './in-slices.js';

type Request = RequestOf<typeof fetch>;
type PartitionFields = NonNullable<
  NonNullable<NonNullable<ResponseOf<typeof fetch>['responses']>[number]['partitions']>[number]
>;
type PartitionAnswer = PartitionFields &
  Required<Pick<PartitionFields, 'partitionIndex' | 'errorCode' | 'highWatermark'>> & {
    readonly records: Buffer;
  };
interface TopicAnswer {
  readonly topic: string;
  readonly topicId: string;
  readonly partitions: PartitionAnswer[];
}
type PartitionRequest = Request['topics'][number]['partitions'][number];

/** The first version with ids in place of names. */
const SINCE_TOPIC_IDS = 13;
const NO_ID = '0'.repeat(32);

/** Reads the partitions of the request or of its session (KIP-227). */
export const answerFetch: Handler<typeof fetch> = async (request, context) => {
  const session = context.broker.fetchSessions.open(request, context.version);
  if (typeof session === 'number') return { errorCode: session };
  const isolation = attempt(
    context,
    () => isolationOf(request.isolationLevel),
    ({ errorCode }) => errorCode,
  );
  if (typeof isolation === 'number') return { errorCode: isolation };
  return session.complete(await poll({ ...request, topics: session.topics }, isolation, context));
};

/**
 * Answers at once if there is enough data or an error, otherwise as soon as there is, or when the client's wait time
 * ends.
 */
const poll = async (request: Request, isolation: Isolation, context: Context): Promise<TopicAnswer[]> => {
  const waitsUntil = performance.now() + request.maxWaitMs;
  for (;;) {
    const read = await readAll(request, isolation, context);
    const missing = Math.min(request.minBytes, read.limit) - read.bytes;
    const waitMs = waitsUntil - performance.now();
    if (read.isFinal || missing <= 0 || waitMs <= 0 || context.signal.aborted) {
      context.afterwards.push(read.release);
      return read.responses;
    }
    read.release();
    await awaitGrowth(seenIn(read.responses, isolation), { isolation, missing, waitMs }, context);
  }
};

const seenIn = (responses: readonly TopicAnswer[], isolation: Isolation): SeenPartition[] =>
  responses.flatMap(({ topic, topicId, partitions }) =>
    partitions.map(({ partitionIndex: partition, highWatermark, lastStableOffset = highWatermark }) => {
      const end = isolation === 'read_committed' ? lastStableOffset : highWatermark;
      return { topic, topicId, partition, end };
    }),
  );

interface Read {
  readonly responses: TopicAnswer[];
  readonly bytes: number;
  /** The largest response that the client can get now. */
  readonly limit: number;
  readonly isFinal: boolean;
  /** Ends the hold of what was read. */
  release(): void;
}

/** Others are answered in between, so what is read counts as held from the beginning. */
const readAll = async (request: Request, isolation: Isolation, context: Context): Promise<Read> => {
  const maxBytes = context.broker.resources.numberOf('fetch.max.bytes');
  const limit = Math.min(request.maxBytes, maxBytes, context.room());
  const releases: (() => void)[] = [];
  let bytes = 0;
  let isFinal = request.topics.length === 0;
  const read = (topic: Request['topics'][number], requested: PartitionRequest): PartitionAnswer => {
    const room = Math.min(limit - bytes, context.room());
    const answer = readOne(topic, { ...requested, isolation, room, isFirst: bytes === 0 }, context);
    const { length } = answer.records;
    if (length > 0) releases.push(context.hold(length));
    bytes += length;
    isFinal ||= answer.errorCode !== ErrorCode.NONE;
    return answer;
  };
  const responses = await inSlices(request.topics, async (topic) => ({
    topic: topic.topic,
    topicId: topic.topicId,
    partitions: await inSlices(topic.partitions, (requested) => read(topic, requested)),
  }));
  const release = (): void => releases.forEach((end) => end());
  return { responses, bytes, limit, isFinal, release };
};

const readOne = (
  { topic: name, topicId }: Request['topics'][number],
  requested: PartitionRequest & { isolation: Isolation; room: number; isFirst: boolean },
  context: Context,
): PartitionAnswer =>
  attempt<PartitionAnswer, PartitionAnswer>(
    context,
    () => {
      checkLeaderEpoch(requested.currentLeaderEpoch);
      if (context.version >= SINCE_TOPIC_IDS && topicId === NO_ID)
        throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_ID, 'no topic id');
      const partition = findPartition(context.broker.topics, { name, topicId }, requested.partition);
      const { log, highWatermark, lastStableOffset } = partition;
      const isKnown = requested.lastFetchedEpoch <= LEADER_EPOCH;
      if (!isKnown || requested.fetchOffset < log.startOffset || requested.fetchOffset > highWatermark)
        throw new KafkaError(ErrorCode.OFFSET_OUT_OF_RANGE, `offset ${requested.fetchOffset}`);
      const maxBytes = Math.max(0, Math.min(requested.partitionMaxBytes, requested.room));
      const end = partition.endFor(requested.isolation);
      const records = log.read(requested.fetchOffset, { maxBytes, oversize: requested.isFirst, end });
      return {
        partitionIndex: requested.partition,
        errorCode: ErrorCode.NONE,
        highWatermark,
        lastStableOffset,
        logStartOffset: log.startOffset,
        abortedTransactions:
          requested.isolation === 'read_committed'
            ? partition.abortedBetween(requested.fetchOffset, endOf(records, requested.fetchOffset))
            : null,
        records,
      };
    },
    ({ errorCode }) => ({
      partitionIndex: requested.partition,
      errorCode,
      highWatermark: -1,
      abortedTransactions: isUnknown(errorCode) ? [] : null,
      records: Buffer.alloc(0),
    }),
  );

/** Kafka answers partitions that it does not have without reading anything, and in another form. */
const isUnknown = (error: ErrorCode): boolean =>
  error === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION || error === ErrorCode.UNKNOWN_TOPIC_ID;

/** The offset after the last of whole batches. */
const endOf = (batches: Buffer, otherwise: number): number => {
  let end = otherwise;
  for (let at = 0; at < batches.length; at += sizeOf(batches, at))
    end = new RecordBatch(batches.subarray(at)).lastOffset + 1;
  return end;
};
