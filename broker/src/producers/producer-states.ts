import type { RecordBatch } from '../records/record-batch.js';
import { checkSequence, lastSequenceOf, remember, type Appended, type ProducerEntry } from './sequence.js';

/** The state of a producer expires after this long without a write (Kafka's producer.id.expiration.ms). */
const EXPIRES_MS = 86_400_000;

/**
 * The state of the idempotent producers of one partition. It is derived from the log; snapshots only avoid a replay.
 */
export class ProducerStates {
  private entries = new Map<number, ProducerEntry>();

  /** The existing batch if this one is a duplicate. Throws the error for the producer if it is out of order. */
  check(batch: RecordBatch): Appended | undefined {
    if (batch.producerId < 0) return undefined;
    const lastSequence = lastSequenceOf(batch.baseSequence, batch.count);
    const sequence = { epoch: batch.producerEpoch, firstSequence: batch.baseSequence, lastSequence };
    return checkSequence(this.entries.get(batch.producerId), sequence);
  }

  /** Records a batch that was appended to the log, with the time of its producer's last activity. */
  appended(batch: RecordBatch, now: number): void {
    if (batch.producerId < 0 || batch.isControl) return;
    const appended: Appended = {
      firstSequence: batch.baseSequence,
      lastSequence: lastSequenceOf(batch.baseSequence, batch.lastOffsetDelta + 1),
      baseOffset: batch.baseOffset,
      time: now,
    };
    const entry = this.entries.get(batch.producerId);
    this.entries.set(batch.producerId, remember(entry, batch.producerEpoch, appended));
  }

  expire(now: number): void {
    for (const [id, { batches }] of this.entries)
      if (batches.at(-1)!.time < now - EXPIRES_MS) this.entries.delete(id);
  }

  toJSON(): [number, ProducerEntry][] {
    return [...this.entries];
  }

  restore(saved: [number, ProducerEntry][]): void {
    this.entries = new Map(saved);
  }
}
