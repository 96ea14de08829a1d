/** One entry per this many bytes of a segment; a look-up scans at most about as many. */
const INTERVAL = 16384;

interface Entry {
  readonly offset: number;
  readonly position: number;
  /** The latest time among all batches before this position. */
  readonly maxTimestampBefore: number;
}

/** Where in a segment to begin looking for an offset or a time. In memory only: it is cheap to build again. */
export class SparseIndex {
  private readonly entries: Entry[] = [];

  add(entry: Entry): void {
    const last = this.entries.at(-1);
    if (!last || entry.position - last.position >= INTERVAL) this.entries.push(entry);
  }

  /** A position at or before the batch that holds `offset`. */
  positionOf(offset: number): number {
    return this.lastWhere((entry) => entry.offset <= offset);
  }

  /** A position at or before the first batch that reaches `timestamp`. */
  positionBefore(timestamp: number): number {
    return this.lastWhere((entry) => entry.maxTimestampBefore < timestamp);
  }

  /** `holds` is true of the first entries and false of the rest. */
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
