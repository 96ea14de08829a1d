/** The messages in one partition of a topic: offsets from `low`, exclusive of `high`. */
export interface PartitionRange {
  partition: number;
  low: number;
  high: number;
}

export interface GroupLag {
  group: string;
  /** Number of messages not yet consumed, over all partitions. */
  lag: number;
}

/** The number of messages a group has not consumed yet: all of them in partitions without a committed offset (-1). */
export function lagOf(ranges: PartitionRange[], committed: Map<number, number>): number {
  return ranges.reduce((sum, { partition, low, high }) => {
    const offset = committed.get(partition) ?? -1;
    return sum + Math.max(0, high - Math.max(offset, low));
  }, 0);
}

export const messagesIn = (ranges: PartitionRange[]): number =>
  ranges.reduce((sum, { low, high }) => sum + high - low, 0);
