/** The messages that a topic holds in one partition: offsets `low` up to, but not with, `high`. */
export interface PartitionRange {
  partition: number;
  low: number;
  high: number;
}

export interface GroupLag {
  group: string;
  /** How many messages it has yet to consume, over all partitions. */
  lag: number;
}

/** What a group has yet to consume; where it has committed nothing (-1), all that is there. */
export function lagOf(ranges: PartitionRange[], committed: Map<number, number>): number {
  return ranges.reduce((sum, { partition, low, high }) => {
    const offset = committed.get(partition) ?? -1;
    return sum + Math.max(0, high - Math.max(offset, low));
  }, 0);
}

export const messagesIn = (ranges: PartitionRange[]): number =>
  ranges.reduce((sum, { low, high }) => sum + high - low, 0);
