import type { AssignorInput, Assignment } from './assignment.js';
import { assignRange } from './range-assignor.js';
import { assignUniform } from './uniform-assignor.js';

/** The assignors of the broker, the default first (Kafka's group.consumer.assignors). */
export const assignors: ReadonlyMap<string, (input: AssignorInput) => Assignment> = new Map([
  ['uniform', assignUniform],
  ['range', assignRange],
]);

/** The assignor that most members prefer; members without a preference have no vote. */
export const electAssignor = (preferences: Iterable<string | null>): string => {
  const votes = new Map<string, number>();
  for (const name of preferences) if (name !== null) votes.set(name, (votes.get(name) ?? 0) + 1);
  const [first = ['uniform', 0]] = [...votes].toSorted(([, a], [, b]) => b - a);
  return first[0];
};
