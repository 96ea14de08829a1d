import { join } from 'node:path';
import type { RecordBatch } from '../records/record-batch.js';
import type { Disk } from '../storage/disk.js';
import { onDisk } from '../storage/storage-error.js';
import { neverCleaned, parseCleanedState, type CleanedState } from './cleaned-state.js';
import { baseOffsetIn, Segment } from './segment.js';
import { finishSwaps, swapName } from './swapped-files.js';
import { wholeBatches } from './whole-batches.js';

export interface LogLimits {
  readonly segmentBytes: number;
  /** A new segment is begun with a record that is this much later than the first one. */
  readonly segmentMs: number;
  /** -1 means no limit. */
  readonly retentionBytes: number;
  readonly retentionMs: number;
}

const CLEANED_FILE = 'cleaned.json';

/** What retention has deleted. */
export interface Retained {
  readonly segments: number;
  readonly bytes: number;
}

export interface ReadLimits {
  readonly maxBytes: number;
  readonly oversize: boolean;
  readonly end?: number;
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
  private closed = false;

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
  append(batch: RecordBatch, { segmentBytes, segmentMs }: LogLimits): void {
    const active = this.segments.at(-1);
    const limit = Math.min(segmentBytes, this.disk.fs.maxSegmentBytes);
    const isInTime = (segment: Segment): boolean =>
      segment.firstTime < 0 || batch.maxTimestamp - segment.firstTime <= segmentMs;
    const fits = active && (active.size === 0 || (active.size + batch.size <= limit && isInTime(active)));
    const continues = active?.endOffset === this.endOffset;
    (active && fits && continues ? active : this.roll()).append(batch);
  }

  /**
   * Whole batches, from the one that contains `offset`. At most `maxBytes`, except that the first batch may be larger
   * if `oversize` is set: a consumer must be able to get past a batch larger than its limit (KIP-74). Batches that begin
   * at `end` or later are left out.
   */
  read(offset: number, { maxBytes, oversize, end = this.endOffset }: ReadLimits): Buffer {
    if (offset >= Math.min(end, this.endOffset)) return Buffer.alloc(0);
    const holder = this.segments.findLastIndex(({ baseOffset }) => baseOffset <= offset);
    for (const segment of this.segments.slice(Math.max(0, holder))) {
      const found = segment.find(offset);
      if (!found) continue; // Compaction has removed the rest of the segment.
      const length = oversize ? Math.max(maxBytes, found.batch.size) : maxBytes;
      return wholeBatches(segment.read(found.at, length), end);
    }
    return Buffer.alloc(0);
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

  /** All segments but the active one. */
  get sealed(): readonly Segment[] {
    return this.segments.slice(0, -1);
  }

  /** How far the log is compacted. If the file is lost, the log is compacted once more. */
  get cleaned(): CleanedState {
    try {
      return parseCleanedState(this.disk.fs.readFileSync(join(this.directory, CLEANED_FILE)).toString());
    } catch {
      return neverCleaned;
    }
  }

  set cleaned(state: CleanedState) {
    const { fs } = this.disk;
    const file = fs.openSync(join(this.directory, CLEANED_FILE), 'w', 0o600);
    fs.writeFileSync(file, JSON.stringify(state));
    fs.closeSync(file);
  }

  get isOpen(): boolean {
    return !this.closed;
  }

  /** The files are about to be removed: a compaction must not touch them any more. */
  close(): void {
    this.closed = true;
  }

  has(segment: Segment): boolean {
    return this.segments.includes(segment);
  }

  /** Replaces consecutive sealed segments by a compacted file. */
  replace(group: readonly Segment[], cleaned: string): void {
    const [first, last] = [group[0]!, group.at(-1)!];
    const swap = swapName(first.baseOffset, last.endOffset);
    const segment = new Segment(this.directory, first.baseOffset, this.disk);
    onDisk(cleaned, () => {
      for (const path of [cleaned, ...group.map((each) => each.path)]) this.disk.files.close(path);
      this.disk.fs.renameSync(cleaned, join(this.directory, swap));
      finishSwaps(this.directory, this.disk.fs);
    });
    segment.adopt(last.endOffset);
    this.segments.splice(this.segments.indexOf(first), group.length, segment);
    for (const { baseOffset } of group.slice(1)) this.observer.removed(baseOffset);
  }

  /** Removes a compacted file that is not needed. */
  discard(cleaned: string): void {
    this.disk.files.close(cleaned);
    onDisk(cleaned, () => this.disk.fs.rmSync(cleaned, { force: true }));
  }

  /** Deletes the oldest segments beyond the retention limits; the active segment is kept. Returns what was deleted. */
  retain({ retentionBytes, retentionMs }: LogLimits, now: number): Retained {
    const size = this.size;
    let segments = 0;

    const isExpired = (segment: Segment): boolean =>
      retentionMs >= 0 && segment.size > 0 && segment.latestTime() < now - retentionMs;
    const active = this.segments.at(-1);
    if (active && isExpired(active)) this.roll();
    const isTooMuch = (): boolean =>
      retentionBytes >= 0 && this.size - this.segments[0]!.size >= retentionBytes;
    while (this.segments.length > 1 && (isTooMuch() || isExpired(this.segments[0]!))) {
      this.removeOldest();
      segments++;
    }
    return { segments, bytes: size - this.size };
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
      finishSwaps(this.directory, this.disk.fs);
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
