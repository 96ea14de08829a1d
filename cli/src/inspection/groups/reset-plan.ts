import type { StartPosition } from '../topics/start-position.js';
import type { PartitionRange } from '../topics/lag.js';

/** Where to reset a group to: a position, or forwards or backwards from its committed offsets. */
export type ResetTarget = StartPosition | { readonly kind: 'shift'; readonly by: number };

export interface PartitionOffsets extends PartitionRange {
  readonly topic: string;
  readonly committed?: number;
  /** The offset of the first record at or after the time of the target; absent if there is none. */
  readonly atTime?: number;
}

export interface OffsetChange {
  readonly topic: string;
  readonly partition: number;
  /** Absent without a committed offset. */
  readonly from?: number;
  readonly to: number;
}

/**
 * The committed offsets that a reset changes. An offset outside of the log moves to its nearer end, as
 * kafka-consumer-groups does it; a shift starts at the beginning of the log without a committed offset.
 */
export const planReset = (partitions: readonly PartitionOffsets[], target: ResetTarget): OffsetChange[] =>
  partitions
    .map(({ topic, partition, committed, ...rest }) => ({
      ...{ topic, partition },
      ...(committed !== undefined && { from: committed }),
      to: offsetOf({ topic, partition, ...(committed !== undefined && { committed }), ...rest }, target),
    }))
    .filter(({ from, to }) => from !== to);

function offsetOf(
  { low, high, committed = low, atTime = high }: PartitionOffsets,
  target: ResetTarget,
): number {
  const within = (offset: number) => Math.min(Math.max(offset, low), high);
  switch (target.kind) {
    case 'beginning':
      return low;
    case 'end':
      return high;
    case 'offset':
      return within(target.offset);
    case 'shift':
      return within(committed + target.by);
    case 'time':
      return within(atTime);
  }
}
