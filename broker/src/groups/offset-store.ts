import type { Table } from '../storage/table.js';

export type CommittedOffset = { offset: number; leaderEpoch: number; metadata: string; time: number };

export interface Place {
  readonly topic: string;
  readonly partition: number;
}

/** How far each group has come in each partition. Kept until the group or the topic is deleted. */
export class OffsetStore {
  constructor(private readonly table: Table<CommittedOffset>) {}

  get(group: string, place: Place): CommittedOffset | undefined {
    return this.table.get(keyOf(group, place));
  }

  /** All or none. */
  commit(group: string, offsets: readonly (Place & CommittedOffset)[]): void {
    this.table.setAll(
      offsets.map(({ offset, leaderEpoch, metadata, time, ...place }) => [
        keyOf(group, place),
        { offset, leaderEpoch, metadata, time },
      ]),
    );
  }

  of(group: string): Place[] {
    return this.places().filter((place) => place.group === group);
  }

  groups(): Set<string> {
    return new Set(this.places().map(({ group }) => group));
  }

  deleteGroup(group: string): void {
    this.delete((place) => place.group === group);
  }

  deleteTopic(topic: string): void {
    this.delete((place) => place.topic === topic);
  }

  private delete(matches: (place: Place & { group: string }) => boolean): void {
    const doomed = this.places().filter(matches);
    this.table.delete(...doomed.map((place) => keyOf(place.group, place)));
  }

  private places(): (Place & { group: string })[] {
    return this.table.entries().map(([key]) => {
      const [group, topic, partition] = JSON.parse(key) as [string, string, number];
      return { group, topic, partition };
    });
  }
}

const keyOf = (group: string, { topic, partition }: Place): string =>
  JSON.stringify([group, topic, partition]);
