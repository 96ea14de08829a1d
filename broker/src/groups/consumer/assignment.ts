import type { PartitionKey } from './partition-key.js';

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
