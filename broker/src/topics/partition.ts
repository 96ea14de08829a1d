import { join } from 'node:path';
import type { CompactionRules } from '../log/compaction-plan.js';
import { Compactor, type Compaction, type Transactions } from '../log/compactor.js';
import { PartitionLog, type Retained } from '../log/partition-log.js';
import { fileNameOf } from '../log/segment.js';
import { storedSize } from '../log/stored-size.js';
import { ProducerStates } from '../producers/producer-states.js';
import type { AbortedTransaction } from '../producers/aborted-transactions.js';
import type { ProducerEntry } from '../producers/sequence.js';
import { controlBatchOf, type Marker } from '../records/control-batch.js';
import type { RecordBatch } from '../records/record-batch.js';
import type { TopicValues } from '../settings/topic-values.js';
import type { Disk } from '../storage/disk.js';
import { replaceFile } from '../storage/replace-file.js';
import { segmentBytesOf, writeRulesOf, type WriteRules } from './write-rules.js';

/** The only broker is always the leader of every partition. */
export const LEADER_EPOCH = 0;

export interface AppendResult {
  readonly baseOffset: number;
  /** -1 unless the topic uses LogAppendTime. */
  readonly logAppendTime: number;
  /** Set if the batch must be on the disk before it is acknowledged. Rejects with StorageError. */
  readonly flushed?: Promise<void> | undefined;
}

interface PartitionOptions {
  /** The directory of the topic. */
  readonly parent: string;
  readonly index: number;
  readonly disk: Disk;
  /** The settings of the topic that are in force. */
  readonly values: TopicValues;
  /** The first offset that DeleteRecords has not deleted. */
  startOffset: number;
}

/** Whether a consumer reads the records of open and aborted transactions (isolation.level). */
export type Isolation = 'read_uncommitted' | 'read_committed';

/** A partition: its log, its producers, and the fetches that wait for data. The log is opened on first use. */
export class Partition {
  private states: ProducerStates | undefined;
  private readonly waiting: Partial<Record<Isolation, Set<(bytes: number) => void>>> = {};
  /** Records since the last flush because of `flush.messages`. */
  private sinceFlush = 0;
  /** Bytes that were appended, but are not stable yet. */
  private unstableBytes = 0;
  private opened: PartitionLog | undefined;

  constructor(private readonly options: PartitionOptions) {}

  private get producers(): ProducerStates {
    return (this.states ??= new ProducerStates());
  }

  get log(): PartitionLog {
    return (this.opened ??= this.open());
  }

  /** The bytes of its records. The log is not opened for it. */
  get size(): number {
    return this.opened?.size ?? storedSize(this.options.disk.fs, this.directory);
  }

  /** Consumers see all appended records: there are no followers to wait for. */
  get highWatermark(): number {
    return this.log.endOffset;
  }

  /** Where the first open transaction begins, or the end: consumers with read_committed see the records before it. */
  get lastStableOffset(): number {
    const { startOffset, endOffset } = this.log;
    return Math.max(startOffset, this.producers.firstUnstableOffset ?? endOffset);
  }

  /** The first offset that a consumer does not see. */
  endFor(isolation: Isolation): number {
    return isolation === 'read_committed' ? this.lastStableOffset : this.highWatermark;
  }

  /**
   * Appends a validated batch; for a duplicate, returns the original offset instead. `beginsAtZero` says that a producer
   * without a state in this partition must begin with sequence 0.
   */
  append(batch: RecordBatch, now: number, beginsAtZero = false): AppendResult {
    const { log } = this;
    const repeated = this.producers.check(batch, beginsAtZero);
    if (repeated) return { baseOffset: repeated.baseOffset, logAppendTime: -1 };
    const baseOffset = log.endOffset;
    const { rules } = this;
    if (rules.isLogAppendTime) batch.stamp(now);
    batch.place(baseOffset, LEADER_EPOCH);
    log.append(batch, rules);
    this.appended(batch, now);
    const logAppendTime = rules.isLogAppendTime ? now : -1;
    return { baseOffset, logAppendTime, flushed: this.flushIfDue(batch.count, rules) };
  }

  /** Ends the transaction of a producer here. Throws the error for a coordinator that may not. */
  endTransaction(marker: Marker, now: number, transactionVersion = 0): void {
    const { log } = this;
    this.producers.checkMarker(marker, transactionVersion);
    const batch = controlBatchOf(marker, now);
    batch.place(log.endOffset, LEADER_EPOCH);
    log.append(batch, this.rules);
    if (this.options.disk.fsync) log.flushSync();
    this.appended(batch, now);
  }

  hasOpenTransaction(producer: { producerId: number; epoch: number }): boolean {
    return this.log.endOffset > 0 && this.producers.isOpen(producer);
  }

  /** The aborted transactions with records in a range of offsets. */
  abortedBetween(from: number, to: number): AbortedTransaction[] {
    return this.producers.abortedBetween(from, to);
  }

  activeProducers(): [number, ProducerEntry][] {
    return this.log.endOffset > 0 ? this.producers.all() : [];
  }

  /**
   * Calls back with the size of what becomes visible, and with 0 when the partition is deleted. Returns an unsubscribe
   * function.
   */
  watch(callback: (bytes: number) => void, isolation: Isolation = 'read_uncommitted'): () => void {
    const waiting = (this.waiting[isolation] ??= new Set());
    waiting.add(callback);
    return () => waiting.delete(callback);
  }

  /** Whether it was used since the start; retention and compaction skip all others. */
  get isOpen(): boolean {
    return this.opened !== undefined;
  }

  /** Applies the topic's retention limits. */
  retain(now: number): Retained {
    this.producers.expire(now);
    const isDeleting = this.options.values.has('cleanup.policy', 'delete');
    return isDeleting ? this.log.retain(this.rules, now) : { segments: 0, bytes: 0 };
  }

  /** Removes superseded records if the topic is compacted and enough was written since the last time. */
  async compact(now: number): Promise<Compaction | undefined> {
    if (!this.options.values.has('cleanup.policy', 'compact')) return undefined;
    const compactor = new Compactor(this.log, this.options.disk);
    return compactor.compact(this.compactionRules(), this.transactions(), now);
  }

  /** Makes room by deleting the oldest segment. Returns whether there was one besides the active segment. */
  removeOldestSegment(): boolean {
    return this.opened?.removeOldestSegment() ?? false;
  }

  /** Wakes all waiting fetches, because the partition is deleted. */
  end(): void {
    this.opened?.close();
    for (const waiting of Object.values(this.waiting)) {
      wake(waiting, 0);
      waiting.clear();
    }
  }

  /** The batch is in the log: updates what is derived from it, and wakes those who can see more now. */
  private appended(batch: RecordBatch, now: number): void {
    const before = Math.min(this.lastStableOffset, batch.baseOffset);
    this.producers.appended(batch, now);
    this.unstableBytes += batch.size;
    wake(this.waiting.read_uncommitted, batch.size);
    if (this.lastStableOffset === before) return;
    wake(this.waiting.read_committed, this.unstableBytes);
    this.unstableBytes = 0;
  }

  private open(): PartitionLog {
    const { disk, startOffset } = this.options;
    const log = new PartitionLog(this.directory, disk, {
      replayFrom: (bases) => this.restoreProducers(bases),
      replay: (batch) => this.producers.appended(batch, Date.now()),
      rolled: (base) =>
        replaceFile(disk.fs, { path: this.snapshot(base), content: JSON.stringify(this.producers) }),
      removed: (base) => {
        disk.fs.rmSync(this.snapshot(base), { force: true });
        this.producers.startAt(this.opened?.startOffset ?? startOffset);
      },
    });
    log.startAt(startOffset);
    return log;
  }

  private restoreProducers(bases: number[]): number {
    for (const base of bases.toReversed())
      try {
        this.producers.restore(JSON.parse(this.options.disk.fs.readFileSync(this.snapshot(base)).toString()));
        return base;
      } catch {
        // Without a snapshot, the state is rebuilt from earlier segments.
      }
    return 0;
  }

  private get directory(): string {
    return join(this.options.parent, String(this.options.index));
  }

  private snapshot(base: number): string {
    return join(this.directory, fileNameOf(base, '.producers.json'));
  }

  /** Flushes after every `flush.messages` records. */
  private flushIfDue(records: number, { flushMessages }: WriteRules): Promise<void> | undefined {
    this.sinceFlush += records;
    if (this.sinceFlush < flushMessages) return undefined;
    this.sinceFlush = 0;
    const flushed = this.log.flush();
    flushed.catch(() => {}); // The request reports it, once it has written everything.
    return flushed;
  }

  private transactions(): Transactions {
    return {
      stableOffset: this.lastStableOffset,
      isAborted: ({ isTransactional, producerId, baseOffset, lastOffset }) =>
        isTransactional &&
        this.abortedBetween(baseOffset, lastOffset + 1).some((aborted) => aborted.producerId === producerId),
    };
  }

  private compactionRules(): CompactionRules {
    const { values } = this.options;
    return {
      minDirtyRatio: values.number('min.cleanable.dirty.ratio'),
      minLagMs: values.number('min.compaction.lag.ms'),
      maxLagMs: values.number('max.compaction.lag.ms'),
      deleteRetentionMs: values.number('delete.retention.ms'),
      segmentBytes: segmentBytesOf(values),
    };
  }

  private get rules(): WriteRules {
    return this.options.values.derived(writeRulesOf);
  }
}

const wake = (waiting: ReadonlySet<(bytes: number) => void> | undefined, bytes: number): void => {
  if (waiting) for (const callback of [...waiting]) callback(bytes);
};
