import { setImmediate } from 'node:timers/promises';
import { filterBatch } from '../records/filter-batch.js';
import { readRecords, type StoredRecord } from '../records/read-records.js';
import type { RecordBatch } from '../records/record-batch.js';
import type { Disk } from '../storage/disk.js';
import { afterRound, tombstonesExpiredBefore, type CleanedState } from './cleaned-state.js';
import { planCompaction, type CompactionRules } from './compaction-plan.js';
import { LatestOffsets } from './latest-offsets.js';
import type { PartitionLog } from './partition-log.js';
import type { Segment } from './segment.js';

/** Of this many keys at most, older records are removed in one round; about 100 bytes of memory each. */
const MAX_KEYS = 200_000;
/** After this long, clients are served before the work goes on. */
const SLICE_MS = 10;

/** What a compaction needs to know of transactions. */
export interface Transactions {
  /** The first offset of the oldest open transaction, or the end of the log. */
  readonly stableOffset: number;
  /** Records of aborted transactions do not supersede others. */
  isAborted(batch: RecordBatch): boolean;
}

interface Round {
  readonly latest: LatestOffsets;
  readonly tombstonesBefore: number;
  readonly transactions: Transactions;
  readonly pause: () => Promise<void>;
}

export interface Compaction {
  readonly segments: number;
  readonly bytesBefore: number;
  readonly bytesAfter: number;
}

/** The log was changed by something else while it was compacted; the next round starts again. */
class Interrupted extends Error {
  override name = 'Interrupted';
}

/**
 * Removes superseded records from a log, as Kafka's LogCleaner does: a record stays if no later one has its key. Works
 * in slices, beside reads and appends. Returns undefined if there was nothing to do.
 */
export class Compactor {
  constructor(
    private readonly log: PartitionLog,
    private readonly disk: Disk,
  ) {}

  async compact(
    rules: CompactionRules,
    transactions: Transactions,
    now: number,
  ): Promise<Compaction | undefined> {
    const { sealed, cleaned } = this.log;
    const { stableOffset } = transactions;
    const groups = planCompaction({ sealed, cleaned, stableOffset, now }, rules);
    if (!groups) return undefined;
    try {
      return await this.run(groups, { rules, transactions, now });
    } catch (error) {
      if (error instanceof Interrupted) return undefined;
      throw error;
    }
  }

  private async run(
    groups: Segment[][],
    { rules, transactions, now }: { rules: CompactionRules; transactions: Transactions; now: number },
  ): Promise<Compaction> {
    const segments = groups.flat();
    const remaining = new Set(segments);
    const pause = this.pauser(remaining);
    const before: CleanedState = this.log.cleaned;
    const latest = await latestOffsets(segments, before.dirtyFrom, { transactions, pause });
    const tombstonesBefore = tombstonesExpiredBefore(before, rules.deleteRetentionMs, now);
    const round: Round = { latest, tombstonesBefore, transactions, pause };
    const bytesBefore = segments.reduce((sum, { size }) => sum + size, 0);
    let bytesAfter = 0;
    for (const group of groups) {
      bytesAfter += await this.rewrite(group, round);
      for (const segment of group) remaining.delete(segment);
    }
    this.log.cleaned = afterRound(before, latest.end, now);
    return { segments: segments.length, bytesBefore, bytesAfter };
  }

  /** Writes the records that stay into a new file, which replaces the group. Returns its size. */
  private async rewrite(group: Segment[], round: Round): Promise<number> {
    const path = `${group[0]!.path}.cleaned`;
    const size = await this.write(group, path, round);
    const before = group.reduce((sum, segment) => sum + segment.size, 0);
    if (size === before && group.length === 1) {
      this.log.discard(path);
      return size;
    }
    this.log.replace(group, path);
    return size;
  }

  /** A file that cannot be completed is removed, because the disk may be full. */
  private async write(group: Segment[], path: string, round: Round): Promise<number> {
    const { files } = this.disk;
    let size = 0;
    try {
      files.truncate(path, 0);
      for (const segment of group)
        for (const batch of segment.batches()) {
          const kept = keptOf(batch, round);
          if (kept) files.write(path, kept.bytes, size);
          size += kept?.size ?? 0;
          await round.pause();
        }
      await this.disk.fs.datasync(path);
      this.checkWhole(group);
      return size;
    } catch (error) {
      if (this.log.isOpen) this.log.discard(path);
      throw error;
    }
  }

  private checkWhole(segments: Iterable<Segment>): void {
    const isWhole = [...segments].every((segment) => this.log.has(segment));
    if (!this.log.isOpen || !isWhole) throw new Interrupted();
  }

  /** Lets others work after each slice; then checks that the segments are still there, because a read creates files. */
  private pauser(remaining: ReadonlySet<Segment>): () => Promise<void> {
    let sliceEnds = performance.now() + SLICE_MS;
    return async () => {
      if (performance.now() < sliceEnds) return;
      await setImmediate();
      sliceEnds = performance.now() + SLICE_MS;
      this.checkWhole(remaining);
    };
  }
}

/** Reads the keys of the records that were not compacted before. */
const latestOffsets = async (
  segments: readonly Segment[],
  dirtyFrom: number,
  { transactions, pause }: Pick<Round, 'transactions' | 'pause'>,
): Promise<LatestOffsets> => {
  const latest = new LatestOffsets(MAX_KEYS);
  for (const segment of segments.filter(({ endOffset }) => endOffset > dirtyFrom))
    for (const batch of segment.batches()) {
      if (batch.lastOffset < dirtyFrom) continue;
      if (latest.isFull) return latest;
      if (!batch.isControl && !transactions.isAborted(batch))
        for (const { key, offset } of readableRecords(batch)) if (key) latest.add(key, offset);
      latest.end = batch.lastOffset + 1;
      await pause();
    }
  latest.end = segments.at(-1)!.endOffset;
  return latest;
};

/** A batch with damaged records, or with a codec that Node lacks, supersedes nothing and is kept whole. */
const readableRecords = (batch: RecordBatch): StoredRecord[] => {
  try {
    return [...(readRecords(batch) ?? [])];
  } catch {
    return [];
  }
};

/** Markers of transactions and the records of aborted ones are kept, so that consumers can still tell them apart. */
const keptOf = (batch: RecordBatch, round: Round): RecordBatch | undefined => {
  const { latest, tombstonesBefore, transactions } = round;
  if (batch.isControl || batch.baseOffset >= latest.end || transactions.isAborted(batch)) return batch;
  const stays = ({ key, offset, isTombstone }: StoredRecord): boolean =>
    key !== null && !latest.supersedes(key, offset) && !(isTombstone && offset < tombstonesBefore);
  try {
    return filterBatch(batch, stays);
  } catch {
    return batch;
  }
};
