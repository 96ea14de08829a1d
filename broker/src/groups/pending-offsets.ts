import type { Table } from '../storage/table.js';
import type { CommittedOffset, OffsetStore, TopicPartition } from './offset-store.js';

interface PendingPlace extends TopicPartition {
  readonly producerId: number;
  readonly group: string;
}

/**
 * Offsets that a transaction commits: they are stored at once, but only become the group's when the transaction is
 * committed. A producer has at most one open transaction, so its id identifies them.
 */
export class PendingOffsets {
  /** The places of the stored offsets by producer, and among them by group, topic and partition. */
  private readonly places = new Map<number, Map<string, PendingPlace>>();

  constructor(
    private readonly table: Table<CommittedOffset>,
    private readonly committed: OffsetStore,
  ) {
    for (const [key] of table.entries()) this.note(placeIn(key));
  }

  /** Stores all offsets atomically. */
  add(producerId: number, group: string, offsets: readonly (TopicPartition & CommittedOffset)[]): void {
    const placed = offsets.map(({ topic, partition, ...offset }) => ({
      place: { producerId, group, topic, partition },
      offset,
    }));
    this.table.setAll(placed.map(({ place, offset }) => [keyOf(place), offset]));
    for (const { place } of placed) this.note(place);
  }

  has(group: string, target: TopicPartition): boolean {
    const name = nameOf({ group, ...target });
    for (const places of this.places.values()) if (places.has(name)) return true;
    return false;
  }

  /** The producer's transaction has ended. It does no harm to repeat this after a crash. */
  end(producerId: number, isCommitted: boolean): void {
    const ended = [...(this.places.get(producerId)?.values() ?? [])];
    if (isCommitted) this.commit(ended);
    this.remove(ended);
  }

  deleteGroup(group: string): void {
    this.remove(this.all().filter((place) => place.group === group));
  }

  deleteTopic(topic: string): void {
    this.remove(this.all().filter((place) => place.topic === topic));
  }

  /** What the group has committed by itself since then is newer, and stays. */
  private commit(places: readonly PendingPlace[]): void {
    const offsets = new Map<string, (TopicPartition & CommittedOffset)[]>();
    for (const place of places) {
      const { group, topic, partition } = place;
      const offset = this.table.get(keyOf(place))!;
      const current = this.committed.get(group, { topic, partition });
      if (current && current.time > offset.time) continue;
      if (!offsets.has(group)) offsets.set(group, []);
      offsets.get(group)!.push({ topic, partition, ...offset });
    }
    for (const [group, list] of offsets) this.committed.commit(group, list);
  }

  private remove(places: readonly PendingPlace[]): void {
    this.table.delete(...places.map(keyOf));
    for (const place of places) {
      const ofProducer = this.places.get(place.producerId);
      ofProducer?.delete(nameOf(place));
      if (ofProducer?.size === 0) this.places.delete(place.producerId);
    }
  }

  private note(place: PendingPlace): void {
    const ofProducer = this.places.get(place.producerId) ?? new Map<string, PendingPlace>();
    this.places.set(place.producerId, ofProducer.set(nameOf(place), place));
  }

  private all(): PendingPlace[] {
    return [...this.places.values()].flatMap((places) => [...places.values()]);
  }
}

const nameOf = ({ group, topic, partition }: Omit<PendingPlace, 'producerId'>): string =>
  JSON.stringify([group, topic, partition]);

const keyOf = ({ producerId, group, topic, partition }: PendingPlace): string =>
  JSON.stringify([producerId, group, topic, partition]);

const placeIn = (key: string): PendingPlace => {
  const [producerId, group, topic, partition] = JSON.parse(key) as [number, string, string, number];
  return { producerId, group, topic, partition };
};
