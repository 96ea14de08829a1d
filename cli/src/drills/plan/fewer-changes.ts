/** A drill that was repeated with a number of changes. */
export interface Attempt {
  readonly changes: number;
  readonly broken: boolean;
}

/** The smallest number of changes that broke an invariant. */
export const smallestBroken = (attempts: readonly Attempt[]): number =>
  Math.min(...attempts.filter(({ broken }) => broken).map(({ changes }) => changes));

/**
 * The number of changes to try next, halfway between the fewest that broke an invariant and the most below that which did
 * not; undefined once there is none between them.
 */
export function fewerChanges(attempts: readonly Attempt[]): number | undefined {
  const smallest = smallestBroken(attempts);
  const held = attempts.filter(({ broken, changes }) => !broken && changes < smallest);
  const enough = Math.max(0, ...held.map(({ changes }) => changes));
  const next = Math.floor((smallest + enough) / 2);
  return next > enough ? next : undefined;
}
