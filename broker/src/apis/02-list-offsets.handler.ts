import { listOffsets } from './02-list-offsets.js';
import { firstRecordFrom } from '../records/first-record-from.js';
import { RecordBatch } from '../records/record-batch.js';
import { checkLeaderEpoch, findPartition } from '../topics/find-partition.js';
import { LEADER_EPOCH, type Partition } from '../topics/partition.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Handler } from './handler.js';
import { inSlices } from './in-slices.js';
import { isolationOf } from './isolation-level.js';

/** Timestamps with a special meaning. -4 and -5 are for tiered storage, which is not supported. */
const LATEST = -1;
const EARLIEST = -2;
const MAX_TIMESTAMP = -3;
const EARLIEST_LOCAL = -4;
/** The first version of each timestamp with a meaning. */
const SINCE: Readonly<Record<number, number>> = { [-1]: 1, [-2]: 1, [-3]: 7, [-4]: 8, [-5]: 9, [-6]: 11 };

/** Stands for the timestamps of a partition that is asked for several times. */
const REPEATED = NaN;

interface RecordPosition {
  readonly offset: number;
  readonly timestamp: number;
}
const NOT_FOUND: RecordPosition = { offset: -1, timestamp: -1 };

export const answerListOffsets: Handler<typeof listOffsets> = async (
  { topics, isolationLevel },
  context,
) => ({
  topics: await inSlices(topics, async ({ name, partitions }) => ({
    name,
    partitions: await inSlices(distinct(partitions), ({ partitionIndex, currentLeaderEpoch, timestamp }) =>
      attempt(
        context,
        () => {
          checkTimestamp(timestamp, context.version);
          checkLeaderEpoch(currentLeaderEpoch);
          const partition = findPartition(context.broker.topics, { name }, partitionIndex);
          const position = locate(partition, timestamp, partition.endFor(isolationOf(isolationLevel)));
          const leaderEpoch = position.offset < 0 ? -1 : LEADER_EPOCH;
          return { partitionIndex, errorCode: ErrorCode.NONE, ...position, leaderEpoch };
        },
        ({ errorCode }) => ({ partitionIndex, errorCode, ...NOT_FOUND }),
      ),
    ),
  })),
});

type PartitionRequest = RequestOf<typeof listOffsets>['topics'][number]['partitions'][number];

/** A partition that is asked for twice is refused once. */
const distinct = (partitions: readonly PartitionRequest[]): PartitionRequest[] => {
  const found = new Map<number, PartitionRequest>();
  for (const each of partitions) {
    const isRepeated = found.has(each.partitionIndex);
    found.set(each.partitionIndex, isRepeated ? { ...each, timestamp: REPEATED } : each);
  }
  return [...found.values()];
};

const checkTimestamp = (timestamp: number, version: number): void => {
  if (Number.isNaN(timestamp))
    throw new KafkaError(ErrorCode.INVALID_REQUEST, 'the partition is requested twice');
  if (timestamp < 0 && version < (SINCE[timestamp] ?? Infinity))
    throw new KafkaError(ErrorCode.UNSUPPORTED_VERSION, `timestamp ${timestamp} in version ${version}`);
};

/** What begins at `end` or later, such as an open transaction, is not found. */
const locate = ({ log }: Partition, timestamp: number, end: number): RecordPosition => {
  if (timestamp === LATEST) return { offset: end, timestamp: -1 };
  if (timestamp === EARLIEST || timestamp === EARLIEST_LOCAL)
    return { offset: log.startOffset, timestamp: -1 };
  if (timestamp < 0 && timestamp !== MAX_TIMESTAMP) return NOT_FOUND;
  const found = find(log, timestamp === MAX_TIMESTAMP ? log.latestTime() : timestamp);
  return found.offset < end ? found : NOT_FOUND;
};

const find = (log: Partition['log'], timestamp: number): RecordPosition => {
  const bytes = timestamp < 0 ? undefined : log.batchAt(timestamp);
  return bytes ? firstRecordFrom(new RecordBatch(bytes), { timestamp, offset: log.startOffset }) : NOT_FOUND;
};
