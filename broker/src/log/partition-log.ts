import type { RecordBatch } from '../records/record-batch.js';
import type { Disk } from '../storage/disk.js';
import { onDisk } from '../storage/storage-error.js';
import { wholeBatches } from './whole-batches.js';
import { baseOffsetIn, Segment } from './segment.js';

export interface LogLimits {
  readonly segmentBytes: number;
  /** -1 means no limit. */
  readonly retentionBytes: number;
  readonly retentionMs: number;
}

/** Receives the changes of a {@link PartitionLog}, for state that is derived from it. */
export interface LogObserver {
  /** The first of these segments whose batches must be replayed; the state of all earlier ones is restored. */
  replayFrom(baseOffsets: number[]): number;
  replay(batch: RecordBatch): void;
  rolled(baseOffset: number): void;
  removed(baseOffset: number): void;
}

/**
 * The records of one partition, in segments; only the last is written to. The directory is created with the first
 * record.
 */
export class PartitionLog {
  private readonly segments: Segment[] = [];
  private first: number;

  constructor(
    private readonly directory: string,
    private readonly disk: Disk,
    private readonly observer: LogObserver,
  ) {
    this.first = 0;
    this.recover();
  }

  get startOffset(): number {
    return Math.max(this.first, this.segments[0]?.baseOffset ?? 0);
  }

  get endOffset(): number {
    return Math.max(this.first, this.segments.at(-1)?.endOffset ?? 0);
  }

  get size(): number {
    return this.segments.reduce((sum, segment) => sum + segment.size, 0);
  }

  /** Appends a batch whose base offset is {@link endOffset}. */
  append(batch: RecordBatch, { segmentBytes }: LogLimits): void {
    const active = this.segments.at(-1);
    const fits =
      active &&
      (active.size === 0 || active.size + batch.size <= Math.min(segmentBytes, this.disk.fs.maxSegmentBytes));
    const continues = active?.endOffset === this.endOffset;
    (active && fits && continues ? active : this.roll()).append(batch);
  }

  /**
   * Whole batches, from the one that contains `offset`. At most `maxBytes`, except that the first batch may be larger
   * if `oversize` is set: a consumer must be able to get past a batch larger than its limit (KIP-74).
   */
  read(offset: number, { maxBytes, oversize }: { maxBytes: number; oversize: boolean }): Buffer {
    if (offset >= this.endOffset) return Buffer.alloc(0);
    const segment = this.segments.findLast(({ baseOffset }) => baseOffset <= offset);
    const found = segment?.find(offset);
    if (!segment || !found) return Buffer.alloc(0);
    const length = oversize ? Math.max(maxBytes, found.batch.size) : maxBytes;
    return wholeBatches(segment.read(found.at, length));
  }

  /** A copy of the first batch with a record at or after `timestamp`. */
  batchAt(timestamp: number): Buffer | undefined {
    for (const segment of this.segments) {
      if (segment.latestTime() < timestamp) continue;
      const found = segment.findTime(timestamp);
      if (found) return Buffer.from(found.batch.bytes);
    }
    return undefined;
  }

  latestTime(): number {
    return Math.max(-1, ...this.segments.map((segment) => segment.latestTime()));
  }

  /** Makes `offset` the start of the log, and deletes the segments that are entirely before it. */
  startAt(offset: number): void {
    this.first = Math.max(this.first, offset);
    while (this.segments.length > 1 && this.segments[1]!.baseOffset <= this.first) this.removeOldest();
  }

  /** Deletes the oldest segments beyond the retention limits; the active segment is kept. */
  retain({ retentionBytes, retentionMs }: LogLimits, now: number): void {
    const isExpired = (segment: Segment): boolean =>
      retentionMs >= 0 && segment.size > 0 && segment.latestTime() < now - retentionMs;
    const active = this.segments.at(-1);
    if (active && isExpired(active)) this.roll();
    const isTooMuch = (): boolean =>
      retentionBytes >= 0 && this.size - this.segments[0]!.size >= retentionBytes;
    while (this.segments.length > 1 && (isTooMuch() || isExpired(this.segments[0]!))) this.removeOldest();
  }

  /** Deletes the oldest segment, if it is not the active one. Returns whether it did. */
  removeOldestSegment(): boolean {
    if (this.segments.length < 2) return false;
    this.removeOldest();
    return true;
  }

  private recover(): void {
    const bases = this.storedBases();
    for (const base of bases) this.segments.push(new Segment(this.directory, base, this.disk));
    const replayFrom = this.observer.replayFrom(bases);
    for (const [i, segment] of this.segments.entries()) {
      const next = this.segments[i + 1];
      if (next) segment.adopt(next.baseOffset);
      if (next && segment.baseOffset >= replayFrom)
        for (const batch of segment.batches()) this.observer.replay(batch);
    }
    const cut = this.segments.at(-1)?.recover((batch) => this.observer.replay(batch));
    if (cut) this.disk.log('warn', 'torn tail truncated', { directory: this.directory, bytes: cut });
  }

  private storedBases(): number[] {
    try {
      const names = this.disk.fs.readdirSync(this.directory);
      return names.flatMap((name) => baseOffsetIn(name) ?? []).sort((a, b) => a - b);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
      return onDisk(this.directory, () => {
        throw error;
      });
    }
  }

  private roll(): Segment {
    const base = this.endOffset;
    onDisk(this.directory, () => this.disk.fs.mkdirSync(this.directory, { recursive: true }));
    const sealed = this.segments.at(-1);
    sealed?.seal();
    const segment = new Segment(this.directory, base, this.disk);
    segment.create();
    if (sealed) this.observer.rolled(base);
    this.segments.push(segment);
    return segment;
  }

  private removeOldest(): void {
    const oldest = this.segments[0]!;
    oldest.remove();
    this.segments.shift();
    this.observer.removed(oldest.baseOffset);
  }
}
