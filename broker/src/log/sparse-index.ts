/** One entry for this many bytes of a segment; a lookup scans about as many at most. */
const INTERVAL_BYTES = 16384;

interface Entry {
  readonly offset: number;
  readonly position: number;
  /** The latest time among all batches before this position. */
  readonly maxTimestampBefore: number;
}

/** An index of a segment by offset and time. It is kept in memory only, because it is cheap to rebuild. */
export class SparseIndex {
  private readonly entries: Entry[] = [];

  add(entry: Entry): void {
    const last = this.entries.at(-1);
    if (!last || entry.position - last.position >= INTERVAL_BYTES) this.entries.push(entry);
  }

  /** A position at or before the batch that contains `offset`. */
  positionOf(offset: number): number {
    return this.lastWhere((entry) => entry.offset <= offset);
  }

  /** A position at or before the first batch with a record at or after `timestamp`. */
  positionBefore(timestamp: number): number {
    return this.lastWhere((entry) => entry.maxTimestampBefore < timestamp);
  }

  /** `holds` must be true for the first entries and false for the rest. */
  private lastWhere(holds: (entry: Entry) => boolean): number {
    let low = 0;
    let high = this.entries.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(this.entries[middle]!)) low = middle + 1;
      else high = middle;
    }
    return this.entries[low - 1]?.position ?? 0;
  }
}
