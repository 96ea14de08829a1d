/**
 * Kafka's uniform assignor goes through members and partitions in the order in which a hash table of Java lists them.
 * Which of them get one more, and which are given up first, follows from it.
 */

/** The least size of a table. */
const MIN_SIZE = 16;
/** A table that is fuller than this is made twice as large. */
const LOAD = 0.75;

/** Items in the order of a table that was filled one by one; those of one slot stay in the order given. */
export const inHashOrder = <T>(items: readonly T[], hashOf: (item: T) => number): T[] =>
  ordered(items, hashOf, items.length / LOAD);

/** Numbers in the order of a table that was copied from a list. */
export const numbersInHashOrder = (numbers: readonly number[]): number[] =>
  ordered(
    numbers.toSorted((a, b) => a - b),
    (value) => value,
    Math.floor(numbers.length / LOAD) + 1,
  );

const ordered = <T>(items: readonly T[], hashOf: (item: T) => number, wanted: number): T[] => {
  let size = MIN_SIZE;
  while (size < wanted) size *= 2;
  const slotOf = (item: T): number => {
    const hash = hashOf(item);
    return (hash ^ (hash >>> 16)) & (size - 1);
  };
  return items
    .map((item) => ({ item, slot: slotOf(item) }))
    .sort((a, b) => a.slot - b.slot)
    .map(({ item }) => item);
};

/** Java's hash of a text. */
export const hashOfText = (text: string): number => {
  let hash = 0;
  for (let i = 0; i < text.length; i++) hash = (Math.imul(hash, 31) + text.charCodeAt(i)) | 0;
  return hash;
};
