interface Cursor {
  readonly partition: number;
  /** The offset of the next record to fetch. */
  readonly next: number;
  /** The offset after the last record that existed at first. */
  readonly end: number;
}

/** How far each partition has been read. */
export class PartitionCursors {
  readonly #cursors: Map<number, Cursor>;

  constructor(cursors: readonly Cursor[]) {
    this.#cursors = new Map(cursors.map((cursor) => [cursor.partition, cursor]));
  }

  all(): number[] {
    return [...this.#cursors.keys()];
  }

  /** The partitions that have not been read to the end they had at first. */
  unfinished(): number[] {
    return [...this.#cursors.values()]
      .filter(({ next, end }) => next < end)
      .map(({ partition }) => partition);
  }

  next(partition: number): number {
    return this.#cursors.get(partition)!.next;
  }

  advance(partition: number, next: number): void {
    const cursor = this.#cursors.get(partition)!;
    this.#cursors.set(partition, { ...cursor, next: Math.max(next, cursor.next) });
  }

  /** Whether the record existed at first; one that was appended since belongs to the next reading. */
  isWithin({ partition, offset }: { partition: number; offset: number }): boolean {
    return offset < this.#cursors.get(partition)!.end;
  }
}
