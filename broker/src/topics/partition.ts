import { join } from 'node:path';
import { PartitionLog, type LogLimits } from '../log/partition-log.js';
import { fileNameOf } from '../log/segment.js';
import { ProducerStates } from '../producers/producer-states.js';
import type { RecordBatch } from '../records/record-batch.js';
import type { Disk } from '../storage/disk.js';
import { replaceFile } from '../storage/replace-file.js';
import { numberOf, settingOf, type TopicConfig } from './topic-config.js';

/** The only broker is always the leader of every partition. */
export const LEADER_EPOCH = 0;

export interface AppendResult {
  readonly baseOffset: number;
  /** -1 unless the topic uses LogAppendTime. */
  readonly logAppendTime: number;
}

interface PartitionOptions {
  readonly directory: string;
  readonly disk: Disk;
  /** The current configuration of the topic. */
  config(): TopicConfig;
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
    const stamps = settingOf(this.options.config(), 'message.timestamp.type') === 'LogAppendTime';
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

  /** Applies the topic's retention limits; a partition that was not used since the start is skipped. */
  retain(now: number): void {
    if (!this.opened) return;
    this.producers.expire(now);
    if (settingOf(this.options.config(), 'cleanup.policy').includes('delete'))
      this.opened.retain(this.limits(), now);
  }

  /** The bytes of its log; 0 if it was not used since the start. */
  get size(): number {
    return this.opened?.size ?? 0;
  }

  /** Makes room by deleting the oldest segment. Returns whether there was one besides the active segment. */
  removeOldestSegment(): boolean {
    return this.opened?.removeOldestSegment() ?? false;
  }

  /** Wakes all waiting fetches, because the partition is deleted. */
  end(): void {
    this.wake(0);
    this.waiting.clear();
  }

  private wake(bytes: number): void {
    for (const callback of [...this.waiting]) callback(bytes);
  }

  private open(): PartitionLog {
    const { directory, disk, startOffset } = this.options;
    const log = new PartitionLog(directory, disk, {
      replayFrom: (bases) => this.restoreProducers(bases),
      replay: (batch) => this.producers.appended(batch, Date.now()),
      rolled: (base) =>
        replaceFile(disk.fs, { path: this.snapshot(base), content: JSON.stringify(this.producers) }),
      removed: (base) => disk.fs.rmSync(this.snapshot(base), { force: true }),
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

  private snapshot(base: number): string {
    return join(this.options.directory, fileNameOf(base, '.producers.json'));
  }

  private limits(): LogLimits {
    const config = this.options.config();
    return {
      segmentBytes: numberOf(config, 'segment.bytes'),
      retentionBytes: numberOf(config, 'retention.bytes'),
      retentionMs: numberOf(config, 'retention.ms'),
    };
  }
}
