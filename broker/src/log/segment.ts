import { join } from 'node:path';
import type { RecordBatch } from '../records/record-batch.js';
import type { Disk } from '../storage/disk.js';
import { onDisk } from '../storage/storage-error.js';
import { scanBatches, type Found } from './scan-batches.js';
import { SparseIndex } from './sparse-index.js';

const SUFFIX = '.log';

/** The base offset in a segment's file name; undefined if it is not a segment. */
export const baseOffsetIn = (name: string): number | undefined =>
  /^\d{20}\.log$/.test(name) ? Number(name.slice(0, 20)) : undefined;

export const fileNameOf = (baseOffset: number, suffix = SUFFIX): string =>
  String(baseOffset).padStart(20, '0') + suffix;

/** One file of a partition's log: consecutive batches, exactly as they are sent to consumers. */
export class Segment {
  readonly path: string;
  size = 0;
  endOffset: number;
  maxTimestamp = -1;
  private earliest = -1;
  private index: SparseIndex | undefined;

  constructor(
    directory: string,
    readonly baseOffset: number,
    private readonly disk: Disk,
  ) {
    this.path = join(directory, fileNameOf(baseOffset));
    this.endOffset = baseOffset;
  }

  /** Creates the file, so that the log knows its end even without a record in it. */
  create(): void {
    this.disk.files.truncate(this.path, 0);
  }

  /** Flushes the segment to the disk; nothing is appended afterwards. */
  seal(): void {
    this.disk.files.sync(this.path);
  }

  /** Opens a sealed segment without reading it; its index is built at the first lookup. */
  adopt(endOffset: number): void {
    this.size = this.disk.files.size(this.path);
    this.endOffset = endOffset;
  }

  /**
   * Reads the file from its beginning, accepts every batch that is complete, intact and in order, and truncates the
   * rest: the tail of a write that a crash interrupted. Returns the number of truncated bytes.
   */
  recover(onBatch: (batch: RecordBatch) => void): number {
    const stored = this.disk.files.size(this.path);
    this.index = new SparseIndex();
    for (const { batch, at } of this.scan(0, stored)) {
      if (batch.magic !== 2 || batch.baseOffset !== this.endOffset || !batch.isIntact()) break;
      this.note(batch, at);
      onBatch(batch);
    }
    if (stored > this.size) this.disk.files.truncate(this.path, this.size);
    return stored - this.size;
  }

  append(batch: RecordBatch): void {
    this.disk.files.write(this.path, batch.bytes, this.size);
    this.disk.flusher.wrote(this.path);
    this.index ??= new SparseIndex();
    this.note(batch, this.size);
  }

  /** The batch that contains `offset`, or undefined if it is beyond the end. */
  find(offset: number): Found | undefined {
    return this.firstFrom(this.indexed().positionOf(offset), (batch) => batch.lastOffset >= offset);
  }

  /** The first batch with a record at or after `timestamp`. */
  findTime(timestamp: number): Found | undefined {
    return this.firstFrom(
      this.indexed().positionBefore(timestamp),
      (batch) => batch.maxTimestamp >= timestamp,
    );
  }

  *batches(): Generator<RecordBatch> {
    for (const { batch } of this.scan()) yield batch;
  }

  read(position: number, length: number): Buffer {
    return this.disk.files.read(this.path, position, Math.min(length, this.size - position));
  }

  latestTime(): number {
    this.indexed();
    return this.maxTimestamp;
  }

  /** The time of its first batch. */
  get firstTime(): number {
    this.indexed();
    return this.earliest;
  }

  get lastTime(): number {
    return this.latestTime();
  }

  remove(): void {
    this.disk.files.close(this.path);
    onDisk(this.path, () => this.disk.fs.unlinkSync(this.path));
  }

  private indexed(): SparseIndex {
    if (this.index) return this.index;
    this.index = new SparseIndex();
    for (const { batch, at } of this.scan()) this.remember(batch, at);
    return this.index;
  }

  private scan(from = 0, size = this.size): Generator<Found> {
    return scanBatches((bytes, at) => this.disk.files.readInto(this.path, bytes, at), size, from);
  }

  private firstFrom(position: number, matches: (batch: RecordBatch) => boolean): Found | undefined {
    for (const found of this.scan(position)) if (matches(found.batch)) return found;
    return undefined;
  }

  private note(batch: RecordBatch, at: number): void {
    this.remember(batch, at);
    this.size = at + batch.size;
    this.endOffset = batch.lastOffset + 1;
  }

  private remember(batch: RecordBatch, at: number): void {
    this.index!.add({ offset: batch.baseOffset, position: at, maxTimestampBefore: this.maxTimestamp });
    if (this.earliest < 0) this.earliest = batch.maxTimestamp;
    this.maxTimestamp = Math.max(this.maxTimestamp, batch.maxTimestamp);
  }
}
