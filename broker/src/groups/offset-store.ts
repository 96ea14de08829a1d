import type { Table } from '../storage/table.js';

export type CommittedOffset = { offset: number; leaderEpoch: number; metadata: string; time: number };

export interface TopicPartition {
  readonly topic: string;
  readonly partition: number;
}

/** The committed offsets of each group and partition, kept until the group or the topic is deleted. */
export class OffsetStore {
  constructor(private readonly table: Table<CommittedOffset>) {}

  get(group: string, target: TopicPartition): CommittedOffset | undefined {
    return this.table.get(keyOf(group, target));
  }

  /** Stores all offsets atomically. */
  commit(group: string, offsets: readonly (TopicPartition & CommittedOffset)[]): void {
    this.table.setAll(
      offsets.map(({ offset, leaderEpoch, metadata, time, ...target }) => [
        keyOf(group, target),
        { offset, leaderEpoch, metadata, time },
      ]),
    );
  }

  of(group: string): TopicPartition[] {
    return this.places().filter((target) => target.group === group);
  }

  groups(): Set<string> {
    return new Set(this.places().map(({ group }) => group));
  }

  /** Every group and partition with a committed offset. */
  all(): readonly (TopicPartition & { group: string })[] {
    return this.places();
  }

  deleteGroup(group: string): void {
    this.delete((target) => target.group === group);
  }

  deletePartitions(group: string, targets: readonly TopicPartition[]): void {
    this.table.delete(...targets.map((target) => keyOf(group, target)));
  }

  deleteTopic(topic: string): void {
    this.delete((target) => target.topic === topic);
  }

  private delete(matches: (target: TopicPartition & { group: string }) => boolean): void {
    const deleted = this.places().filter(matches);
    this.table.delete(...deleted.map((target) => keyOf(target.group, target)));
  }

  private places(): (TopicPartition & { group: string })[] {
    return this.table.entries().map(([key]) => {
      const [group, topic, partition] = JSON.parse(key) as [string, string, number];
      return { group, topic, partition };
    });
  }
}

const keyOf = (group: string, { topic, partition }: TopicPartition): string =>
  JSON.stringify([group, topic, partition]);
