import type { PartitionKey } from './partition-key.js';
import { assignRange } from './range-assignor.js';
import { assignUniform } from './uniform-assignor.js';

/** A member as an assignor sees it. */
export interface Assignee {
  readonly id: string;
  readonly instanceId: string | null;
  /** The ids of the topics that it subscribes to. */
  readonly topics: ReadonlySet<string>;
  /** Its part of the last target assignment, which it should keep where possible. */
  readonly previous: ReadonlySet<PartitionKey>;
}

export interface AssignorInput {
  readonly members: readonly Assignee[];
  /** The number of partitions of each topic, by topic id. */
  readonly partitions: ReadonlyMap<string, number>;
}

export type Assignment = ReadonlyMap<string, ReadonlySet<PartitionKey>>;

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
