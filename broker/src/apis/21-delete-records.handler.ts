import { deleteRecords } from './21-delete-records.js';
import { findPartition, findTopic } from '../topics/find-partition.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Context, type Handler } from './handler.js';
import { inSlices } from './in-slices.js';

/** Means the end of the partition: delete everything. */
const HIGH_WATERMARK = -1;

export const answerDeleteRecords: Handler<typeof deleteRecords> = async ({ topics }, context) => ({
  topics: await inSlices(topics, async ({ name, partitions }) => ({
    name,
    partitions: await inSlices(lastOfEach(partitions), ({ partitionIndex, offset }) =>
      attempt(
        context,
        () => ({ partitionIndex, lowWatermark: startAt({ name, partitionIndex, offset }, context) }),
        ({ errorCode }) => ({ partitionIndex, errorCode, lowWatermark: -1 }),
      ),
    ),
  })),
});

/** Of a partition that is named several times, the last offset counts. */
const lastOfEach = <P extends { readonly partitionIndex: number }>(partitions: readonly P[]): P[] => [
  ...new Map(partitions.map((each) => [each.partitionIndex, each])).values(),
];

const startAt = (
  { name, partitionIndex, offset }: { name: string; partitionIndex: number; offset: number },
  { broker: { topics } }: Context,
): number => {
  const { log, highWatermark } = findPartition(topics, { name }, partitionIndex);
  if (!findTopic(topics, { name }).values.has('cleanup.policy', 'delete'))
    throw new KafkaError(
      ErrorCode.POLICY_VIOLATION,
      'the cleanup policy of the topic does not delete records',
    );
  const start = offset === HIGH_WATERMARK ? highWatermark : offset;
  if (start < 0 || start > highWatermark)
    throw new KafkaError(ErrorCode.OFFSET_OUT_OF_RANGE, `offset ${offset} of ${highWatermark}`);
  if (start > log.startOffset) topics.startAt(findTopic(topics, { name }), partitionIndex, start);
  return log.startOffset;
};
