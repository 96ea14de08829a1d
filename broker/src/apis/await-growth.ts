import { findPartition } from '../topics/find-partition.js';
import type { Isolation, Partition } from '../topics/partition.js';
import type { Context } from './handler.js';
import { inSlices } from './in-slices.js';

/** A partition that was read up to its end. */
export interface SeenPartition {
  readonly topic: string;
  readonly topicId: string;
  readonly partition: number;
  /** The first offset that the reader has not seen. */
  readonly end: number;
}

interface Wait {
  readonly isolation: Isolation;
  /** The bytes that it waits for. */
  readonly missing: number;
  readonly waitMs: number;
}

/**
 * Resolves when enough bytes were appended to the partitions, one was deleted, time is up, or the client disconnected;
 * at once if a partition has changed since it was read.
 */
export const awaitGrowth = async (
  seen: readonly SeenPartition[],
  { isolation, missing, waitMs }: Wait,
  { broker, signal }: Context,
): Promise<void> => {
  let left = missing;
  let finish = (): void => {};
  const grown = new Promise<void>((resolve) => (finish = resolve));
  const grow = (bytes: number): void => {
    left -= bytes;
    if (left <= 0 || bytes === 0) finish();
  };
  const timer = setTimeout(finish, waitMs);
  signal.addEventListener('abort', finish);
  const unwatch: (() => void)[] = [];
  try {
    await inSlices(seen, ({ topic: name, topicId, partition: index, end }) => {
      const partition = partitionOf(() => findPartition(broker.topics, { name, topicId }, index));
      if (!partition || partition.endFor(isolation) !== end) return finish();
      unwatch.push(partition.watch(grow, isolation));
    });
    await grown;
  } finally {
    clearTimeout(timer);
    signal.removeEventListener('abort', finish);
    for (const stop of unwatch) stop();
  }
};

/** Undefined if the partition was deleted since it was read. */
const partitionOf = (find: () => Partition): Partition | undefined => {
  try {
    return find();
  } catch {
    return undefined;
  }
};
