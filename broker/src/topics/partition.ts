import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { PartitionLog, type LogLimits } from '../log/partition-log.js';
import { fileNameOf } from '../log/segment.js';
import { ProducerLedger } from '../producers/producer-ledger.js';
import type { RecordBatch } from '../records/record-batch.js';
import type { Disk } from '../storage/disk.js';
import { replaceFile } from '../storage/replace-file.js';
import { numberOf, settingOf, type TopicConfig } from './topic-config.js';

/** There is one broker, so it is every partition's leader and no other will ever be. */
export const LEADER_EPOCH = 0;

export interface Placed {
  readonly baseOffset: number;
  /** -1 unless the topic stamps its records itself. */
  readonly logAppendTime: number;
}

interface Setup {
  readonly directory: string;
  readonly disk: Disk;
  /** The topic's configuration, as it is now. */
  config(): TopicConfig;
  /** The first offset that has not been deleted on demand. */
  startOffset: number;
}

/** A log, the producers that write to it, and those who wait for it to grow. Opened when it is first used. */
export class Partition {
  private readonly producers = new ProducerLedger();
  private readonly waiting = new Set<(bytes: number) => void>();
  private opened: PartitionLog | undefined;

  constructor(private readonly setup: Setup) {}

  get log(): PartitionLog {
    return (this.opened ??= this.open());
  }

  /** Consumers see everything that has been appended: there is no follower to wait for. */
  get highWatermark(): number {
    return this.log.endOffset;
  }

  /** Appends a checked batch, unless its producer has sent it before: then says where it lies. */
  append(batch: RecordBatch, now: number): Placed {
    const { log } = this;
    const repeated = this.producers.check(batch);
    if (repeated) return { baseOffset: repeated.baseOffset, logAppendTime: -1 };
    const baseOffset = log.endOffset;
    const stamps = settingOf(this.setup.config(), 'message.timestamp.type') === 'LogAppendTime';
    if (stamps) batch.stamp(now);
    batch.place(baseOffset, LEADER_EPOCH);
    log.append(batch, this.limits());
    this.producers.appended(batch, now);
    this.wake(batch.size);
    return { baseOffset, logAppendTime: stamps ? now : -1 };
  }

  /** Calls back on every append with its size, and once with 0 when the partition goes away. Returns the way out. */
  watch(callback: (bytes: number) => void): () => void {
    this.waiting.add(callback);
    return () => this.waiting.delete(callback);
  }

  /** Frees what the topic's limits no longer keep; a partition not used since the start is left alone. */
  retain(now: number): void {
    if (!this.opened) return;
    this.producers.expire(now);
    if (settingOf(this.setup.config(), 'cleanup.policy').includes('delete'))
      this.opened.retain(this.limits(), now);
  }

  /** Tells those who wait that nothing more will come. */
  end(): void {
    this.wake(0);
    this.waiting.clear();
  }

  private wake(bytes: number): void {
    for (const callback of [...this.waiting]) callback(bytes);
  }

  private open(): PartitionLog {
    const { directory, disk, startOffset } = this.setup;
    const log = new PartitionLog(directory, disk, {
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
        // Without a snapshot the same follows from the segments before.
      }
    return 0;
  }

  private snapshot(base: number): string {
    return join(this.setup.directory, fileNameOf(base, '.producers.json'));
  }

  private limits(): LogLimits {
    const config = this.setup.config();
    return {
      segmentBytes: numberOf(config, 'segment.bytes'),
      retentionBytes: numberOf(config, 'retention.bytes'),
      retentionMs: numberOf(config, 'retention.ms'),
    };
  }
}
