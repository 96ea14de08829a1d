/** One entry for this many bytes of a segment; a lookup scans about as many at most. */
const INTERVAL_BYTES = 32768;

interface Entry {
  readonly offset: number;
  readonly position: number;
  /** The latest time among all batches before this position. */
  readonly maxTimestampBefore: number;
}

/** The fields of an entry, side by side: thousands of objects for each gigabyte of records would take three times as much. */
const OFFSET = 0;
const POSITION = 1;
const TIME = 2;
const FIELDS = 3;
const FIRST_ENTRIES = 2;

/** An index of a segment by offset and time. It is kept in memory only, because it is cheap to rebuild. */
export class SparseIndex {
  private entries = new Float64Array(FIRST_ENTRIES * FIELDS);
  private count = 0;

  add({ offset, position, maxTimestampBefore }: Entry): void {
    if (this.count > 0 && position - this.at(this.count - 1, POSITION) < INTERVAL_BYTES) return;
    const start = this.count * FIELDS;
    if (start === this.entries.length) this.grow();
    this.entries[start + OFFSET] = offset;
    this.entries[start + POSITION] = position;
    this.entries[start + TIME] = maxTimestampBefore;
    this.count++;
  }

  /** A position at or before the batch that contains `offset`. */
  positionOf(offset: number): number {
    return this.lastWhere((index) => this.at(index, OFFSET) <= offset);
  }

  /** A position at or before the first batch with a record at or after `timestamp`. */
  positionBefore(timestamp: number): number {
    return this.lastWhere((index) => this.at(index, TIME) < timestamp);
  }

  /** `holds` must be true for the first entries and false for the rest. */
  private lastWhere(holds: (index: number) => boolean): number {
    let low = 0;
    let high = this.count;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (holds(middle)) low = middle + 1;
      else high = middle;
    }
    return low === 0 ? 0 : this.at(low - 1, POSITION);
  }

  private at(index: number, field: number): number {
    return this.entries[index * FIELDS + field]!;
  }

  private grow(): void {
    const larger = new Float64Array(this.entries.length * 2);
    larger.set(this.entries);
    this.entries = larger;
  }
}
