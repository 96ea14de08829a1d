import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import type { CompactionRules } from '../log/compaction-plan.js';
import { Compactor, type Compaction, type Transactions } from '../log/compactor.js';
import { PartitionLog, type LogLimits, type Retained } from '../log/partition-log.js';
import { fileNameOf } from '../log/segment.js';
import { ProducerStates } from '../producers/producer-states.js';
import type { RecordBatch } from '../records/record-batch.js';
import type { TopicValues } from '../settings/topic-values.js';
import type { Disk } from '../storage/disk.js';
import { replaceFile } from '../storage/replace-file.js';

/** The only broker is always the leader of every partition. */
export const LEADER_EPOCH = 0;

export interface AppendResult {
  readonly baseOffset: number;
  /** -1 unless the topic uses LogAppendTime. */
  readonly logAppendTime: number;
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

/** A partition: its log, its producers, and the fetches that wait for data. The log is opened on first use. */
export class Partition {
  private readonly producers = new ProducerStates();
  private readonly waiting = new Set<(bytes: number) => void>();
  private opened: PartitionLog | undefined;

  constructor(private readonly options: PartitionOptions) {}

  get log(): PartitionLog {
    return (this.opened ??= this.open());
  }

  /** Consumers see all appended records: there are no followers to wait for. */
  get highWatermark(): number {
    return this.log.endOffset;
  }

  /** Appends a validated batch; for a duplicate, returns the original offset instead. */
  append(batch: RecordBatch, now: number): AppendResult {
    const { log } = this;
    const repeated = this.producers.check(batch);
    if (repeated) return { baseOffset: repeated.baseOffset, logAppendTime: -1 };
    const baseOffset = log.endOffset;
    const stamps = this.options.values.text('message.timestamp.type') === 'LogAppendTime';
    if (stamps) batch.stamp(now);
    batch.place(baseOffset, LEADER_EPOCH);
    log.append(batch, this.limits());
    this.producers.appended(batch, now);
    this.wake(batch.size);
    return { baseOffset, logAppendTime: stamps ? now : -1 };
  }

  /**
   * Calls back with the size of every append, and with 0 when the partition is deleted. Returns an unsubscribe
   * function.
   */
  watch(callback: (bytes: number) => void): () => void {
    this.waiting.add(callback);
    return () => this.waiting.delete(callback);
  }

  /** Whether it was used since the start; retention and compaction skip all others. */
  get isOpen(): boolean {
    return this.opened !== undefined;
  }

  /** Applies the topic's retention limits. */
  retain(now: number): Retained {
    this.producers.expire(now);
    const isDeleting = this.options.values.has('cleanup.policy', 'delete');
    return isDeleting ? this.log.retain(this.limits(), now) : { segments: 0, bytes: 0 };
  }

  /** Removes superseded records if the topic is compacted and enough was written since the last time. */
  async compact(now: number): Promise<Compaction | undefined> {
    if (!this.options.values.has('cleanup.policy', 'compact')) return undefined;
    const compactor = new Compactor(this.log, this.options.disk);
    return compactor.compact(this.compactionRules(), this.transactions(), now);
  }

  /** Wakes all waiting fetches, because the partition is deleted. */
  end(): void {
    this.opened?.close();
    this.wake(0);
    this.waiting.clear();
  }

  private wake(bytes: number): void {
    for (const callback of [...this.waiting]) callback(bytes);
  }

  private open(): PartitionLog {
    const { disk, startOffset } = this.options;
    const log = new PartitionLog(this.directory, disk, {
      replayFrom: (bases) => this.restoreProducers(bases),
      replay: (batch) => this.producers.appended(batch, Date.now()),
      rolled: (base) => replaceFile(this.snapshot(base), JSON.stringify(this.producers)),
      removed: (base) => rmSync(this.snapshot(base), { force: true }),
    });
    log.startAt(startOffset);
    return log;
  }

  private restoreProducers(bases: number[]): number {
    for (const base of bases.toReversed())
      try {
        this.producers.restore(JSON.parse(readFileSync(this.snapshot(base), 'utf8')));
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

  /** Without transactions, all records are stable. */
  private transactions(): Transactions {
    return { stableOffset: this.highWatermark, isAborted: () => false };
  }

  private compactionRules(): CompactionRules {
    const { values } = this.options;
    return {
      minDirtyRatio: values.number('min.cleanable.dirty.ratio'),
      minLagMs: values.number('min.compaction.lag.ms'),
      maxLagMs: values.number('max.compaction.lag.ms'),
      deleteRetentionMs: values.number('delete.retention.ms'),
      segmentBytes: this.segmentBytes(),
    };
  }

  /** The internal setting, which Kafka's own tests use, allows smaller segments. */
  private segmentBytes(): number {
    const { values } = this.options;
    return values.number('internal.segment.bytes') || values.number('segment.bytes');
  }

  private limits(): LogLimits {
    const { values } = this.options;
    return {
      segmentBytes: this.segmentBytes(),
      segmentMs: values.has('cleanup.policy', 'compact')
        ? Math.min(values.number('segment.ms'), values.number('max.compaction.lag.ms'))
        : values.number('segment.ms'),
      retentionBytes: values.number('retention.bytes'),
      retentionMs: values.number('retention.ms'),
    };
  }
}
