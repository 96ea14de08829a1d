import { fetch } from './01-fetch.js';
import { findPartition, checkLeaderEpoch } from '../topics/find-partition.js';
import type { Isolation } from '../topics/partition.js';
import { RecordBatch, sizeOf } from '../records/record-batch.js';
import { isolationOf } from './isolation-level.js';
import type { RequestOf, ResponseOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Context, type Handler } from './handler.js';

type Request = RequestOf<typeof fetch>;
type Answer = ResponseOf<typeof fetch>;
type PartitionAnswer = NonNullable<NonNullable<Answer['responses']>[number]['partitions']>[number];
type PartitionRequest = Request['topics'][number]['partitions'][number];

/** The largest response, whatever the client allows. */
const MAX_BYTES = 16 << 20;

/** Reads the partitions of the request or of its session (KIP-227). */
export const answerFetch: Handler<typeof fetch> = async (request, context) => {
  const session = context.broker.fetchSessions.open(request, context.version);
  if (typeof session === 'number') return { errorCode: session };
  const { responses } = await poll({ ...request, topics: session.topics }, context);
  return session.complete(responses ?? []);
};

/**
 * Answers at once if there is enough data or an error, otherwise as soon as there is, or when the client's wait time
 * ends.
 */
const poll = async (request: Request, context: Context): Promise<Answer> => {
  const first = readAll(request, context);
  if (first.isFinal || first.bytes >= request.minBytes || request.maxWaitMs <= 0) return first.answer;
  await growth(request, request.minBytes - first.bytes, context);
  return readAll(request, context).answer;
};

const readAll = (request: Request, context: Context): { answer: Answer; bytes: number; isFinal: boolean } => {
  let room = Math.min(request.maxBytes, MAX_BYTES, context.room());
  let bytes = 0;
  let isFinal = request.topics.length === 0;
  const responses = request.topics.map((topic) => ({
    topic: topic.topic,
    topicId: topic.topicId,
    partitions: topic.partitions.map((requested) => {
      const { isolationLevel } = request;
      const limits = { isolation: isolationOf(isolationLevel), room, isFirst: bytes === 0 };
      const { records, ...rest } = readOne(topic, { ...requested, ...limits }, context);
      room -= records!.length;
      bytes += records!.length;
      isFinal ||= rest.errorCode !== ErrorCode.NONE;
      return { ...rest, records };
    }),
  }));
  return { answer: { responses }, bytes, isFinal };
};

const readOne = (
  { topic: name, topicId }: Request['topics'][number],
  requested: PartitionRequest & { isolation: Isolation; room: number; isFirst: boolean },
  context: Context,
): PartitionAnswer =>
  attempt(
    context,
    () => {
      checkLeaderEpoch(requested.currentLeaderEpoch);
      const partition = findPartition(context.broker.topics, { name, topicId }, requested.partition);
      const { log, highWatermark, lastStableOffset } = partition;
      if (requested.fetchOffset < log.startOffset || requested.fetchOffset > highWatermark)
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
      abortedTransactions: null,
      records: Buffer.alloc(0),
    }),
  );

/** The offset after the last of whole batches. */
const endOf = (batches: Buffer, otherwise: number): number => {
  let end = otherwise;
  for (let at = 0; at < batches.length; at += sizeOf(batches, at))
    end = new RecordBatch(batches.subarray(at)).lastOffset + 1;
  return end;
};

/**
 * Resolves when enough bytes were appended to the partitions, one was deleted, time is up, or the client disconnected.
 */
const growth = (request: Request, missing: number, { broker, signal }: Context): Promise<void> =>
  new Promise((resolve) => {
    let left = missing;
    const finish = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', finish);
      for (const unwatch of watches) unwatch();
      resolve();
    };
    const timer = setTimeout(finish, request.maxWaitMs);
    signal.addEventListener('abort', finish);
    const grow = (bytes: number): void => {
      left -= bytes;
      if (left <= 0 || bytes === 0) finish();
    };
    const watches = request.topics.flatMap(({ topic: name, topicId, partitions }) =>
      partitions.map(({ partition }) =>
        findPartition(broker.topics, { name, topicId }, partition).watch(
          grow,
          isolationOf(request.isolationLevel),
        ),
      ),
    );
  });
