import { markerIn, type Marker } from '../records/control-batch.js';
import type { RecordBatch } from '../records/record-batch.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { AbortedTransactions, type AbortedTransaction } from './aborted-transactions.js';
import { checkMarker } from './check-marker.js';
import { checkSequence, lastSequenceOf, remember, type Appended, type ProducerEntry } from './sequence.js';

/** The state of a producer expires after this long without a write (Kafka's producer.id.expiration.ms). */
const EXPIRES_MS = 86_400_000;

/** The stored form; older brokers, without transactions, stored only the list of producers. */
interface Snapshot {
  readonly producers: [number, ProducerEntry][];
  readonly aborted: AbortedTransaction[];
}

/**
 * The state of the idempotent and transactional producers of one partition. It is derived from the log; snapshots only
 * avoid a replay.
 */
export class ProducerStates {
  private entries = new Map<number, ProducerEntry>();
  /** The first offsets of the open transactions, the earliest first, by producer id. */
  private readonly open = new Map<number, number>();
  private readonly aborted = new AbortedTransactions();

  /** The offset of the first record whose transaction is open: the log is stable only before it. */
  get firstUnstableOffset(): number | undefined {
    for (const offset of this.open.values()) return offset;
    return undefined;
  }

  /** The existing batch if this one is a duplicate. Throws the error for the producer if it is out of order. */
  check(batch: RecordBatch, beginsAtZero = false): Appended | undefined {
    if (batch.producerId < 0) return undefined;
    const entry = this.entries.get(batch.producerId);
    const lastSequence = lastSequenceOf(batch.baseSequence, batch.count);
    const { producerEpoch: epoch, baseSequence: firstSequence } = batch;
    const repeated = checkSequence(entry, { epoch, firstSequence, lastSequence, beginsAtZero });
    if (!repeated && !batch.isTransactional && this.open.has(batch.producerId))
      throw new KafkaError(ErrorCode.INVALID_TXN_STATE, 'the producer has an open transaction');
    return repeated;
  }

  /** Throws the error for a coordinator if it may not end the producer's transaction. */
  checkMarker(marker: Marker, transactionVersion: number): void {
    checkMarker(this.entries.get(marker.producerId), marker, transactionVersion);
  }

  isOpen({ producerId, epoch }: { producerId: number; epoch: number }): boolean {
    return this.open.has(producerId) && this.entries.get(producerId)?.epoch === epoch;
  }

  /** Records a batch that was appended to the log, with the time of its producer's last activity. */
  appended(batch: RecordBatch, now: number): void {
    if (batch.producerId < 0) return;
    if (batch.isControl) return this.ended(batch, now);
    const entry = remember(this.entries.get(batch.producerId), batch.producerEpoch, {
      firstSequence: batch.baseSequence,
      lastSequence: lastSequenceOf(batch.baseSequence, batch.lastOffsetDelta + 1),
      baseOffset: batch.baseOffset,
      time: now,
      isTransactional: batch.isTransactional,
      maxTimestamp: batch.maxTimestamp,
    });
    this.entries.set(batch.producerId, entry);
    if (entry.openSince !== null && !this.open.has(batch.producerId))
      this.open.set(batch.producerId, entry.openSince);
  }

  abortedBetween(from: number, to: number): AbortedTransaction[] {
    return this.aborted.between(from, to);
  }

  all(): [number, ProducerEntry][] {
    return [...this.entries];
  }

  /** Forgets producers that have not written for long, except those with an open transaction. */
  expire(now: number): void {
    for (const [id, { time, openSince }] of this.entries)
      if (openSince === null && time < now - EXPIRES_MS) this.entries.delete(id);
  }

  /** The records before `offset` were deleted. */
  startAt(offset: number): void {
    this.aborted.dropBefore(offset);
  }

  toJSON(): Snapshot {
    return { producers: [...this.entries], aborted: this.aborted.toJSON() };
  }

  restore(saved: Snapshot | Snapshot['producers']): void {
    const { producers, aborted } = Array.isArray(saved) ? { producers: saved, aborted: [] } : saved;
    this.entries = new Map(producers.map(([id, entry]) => [id, restored(entry)]));
    this.aborted.restore(aborted);
    const open = [...this.entries].filter(([, { openSince }]) => openSince !== null);
    this.open.clear();
    for (const [id, { openSince }] of open.sort(([, a], [, b]) => a.openSince! - b.openSince!))
      this.open.set(id, openSince!);
  }

  private ended(batch: RecordBatch, now: number): void {
    const { producerId, epoch, committed, coordinatorEpoch } = markerIn(batch);
    const entry = this.entries.get(producerId);
    const firstOffset = this.open.get(producerId);
    if (firstOffset !== undefined && !committed)
      this.aborted.add({ producerId, firstOffset, lastOffset: batch.baseOffset });
    this.open.delete(producerId);
    const batches = entry?.epoch === epoch ? entry.batches : [];
    const { maxTimestamp: lastTimestamp } = batch;
    const ended = { epoch, batches, time: now, lastTimestamp, openSince: null, coordinatorEpoch };
    this.entries.set(producerId, ended);
  }
}

const restored = (entry: ProducerEntry | Pick<ProducerEntry, 'epoch' | 'batches'>): ProducerEntry => ({
  time: entry.batches.at(-1)?.time ?? 0,
  lastTimestamp: entry.batches.at(-1)?.time ?? -1,
  openSince: null,
  coordinatorEpoch: -1,
  ...entry,
});
