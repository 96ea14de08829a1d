import type { AssignorInput, Assignment } from './assignment.js';
import { assignRange } from './range-assignor.js';
import { assignUniform } from './uniform-assignor.js';

/** The assignors by the names that members ask for. */
export const assignors: ReadonlyMap<string, (input: AssignorInput) => Assignment> = new Map([
  ['uniform', assignUniform],
  ['range', assignRange],
]);

/**
 * The assignor that most members prefer among those of the broker, of which the first is the default. Members without a
 * preference have no vote; nor have those that prefer one that the broker has been restarted without.
 */
export const electAssignor = (preferences: Iterable<string | null>, available: readonly string[]): string => {
  const votes = new Map<string, number>();
  for (const name of preferences)
    if (name !== null && available.includes(name)) votes.set(name, (votes.get(name) ?? 0) + 1);
  const [first] = [...votes].toSorted(([, a], [, b]) => b - a);
  return first?.[0] ?? available[0]!;
};
