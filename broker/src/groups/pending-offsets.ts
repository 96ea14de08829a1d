import type { Table } from '../storage/table.js';
import type { CommittedOffset, OffsetStore, TopicPartition } from './offset-store.js';

type Offsets = readonly (TopicPartition & CommittedOffset)[];

interface PendingPlace extends TopicPartition {
  readonly producerId: number;
  readonly group: string;
}

/**
 * Offsets that a transaction commits: they are stored at once, but only become the group's when the transaction is
 * committed. A producer has at most one open transaction, so its id identifies them.
 */
export class PendingOffsets {
  constructor(
    private readonly table: Table<CommittedOffset>,
    private readonly committed: OffsetStore,
  ) {}

  /** Stores all offsets atomically. */
  add(producerId: number, group: string, offsets: Offsets): void {
    this.table.setAll(
      offsets.map(({ topic, partition, ...offset }) => [
        keyOf({ producerId, group, topic, partition }),
        offset,
      ]),
    );
  }

  has(group: string, { topic, partition }: TopicPartition): boolean {
    return this.places().some(
      (place) => place.group === group && place.topic === topic && place.partition === partition,
    );
  }

  /** The producer's transaction has ended. It does no harm to repeat this after a crash. */
  end(producerId: number, isCommitted: boolean): void {
    const ended = this.places().filter((place) => place.producerId === producerId);
    if (isCommitted)
      for (const [group, offsets] of this.byGroup(ended)) this.committed.commit(group, offsets);
    this.table.delete(...ended.map(keyOf));
  }

  deleteGroup(group: string): void {
    this.table.delete(
      ...this.places()
        .filter((place) => place.group === group)
        .map(keyOf),
    );
  }

  deleteTopic(topic: string): void {
    this.table.delete(
      ...this.places()
        .filter((place) => place.topic === topic)
        .map(keyOf),
    );
  }

  private byGroup(places: readonly PendingPlace[]): Map<string, (TopicPartition & CommittedOffset)[]> {
    const offsets = new Map<string, (TopicPartition & CommittedOffset)[]>();
    for (const place of places) {
      const { group, topic, partition } = place;
      const list = offsets.get(group) ?? [];
      list.push({ topic, partition, ...this.table.get(keyOf(place))! });
      offsets.set(group, list);
    }
    return offsets;
  }

  private places(): PendingPlace[] {
    return this.table.entries().map(([key]) => {
      const [producerId, group, topic, partition] = JSON.parse(key) as [number, string, string, number];
      return { producerId, group, topic, partition };
    });
  }
}

const keyOf = ({ producerId, group, topic, partition }: PendingPlace): string =>
  JSON.stringify([producerId, group, topic, partition]);
