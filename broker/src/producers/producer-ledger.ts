import type { RecordBatch } from '../records/record-batch.js';
import { checkSequence, lastSequenceOf, remember, type Appended, type ProducerEntry } from './sequence.js';

/** A producer that has not written for so long is forgotten (Kafka's producer.id.expiration.ms). */
const EXPIRES_MS = 86_400_000;

/** The idempotent producers of one partition. It follows from the log, and is kept beside it only to save replaying. */
export class ProducerLedger {
  private entries = new Map<number, ProducerEntry>();

  /** Where the batch already lies, if the producer has sent it before. Throws what the producer has to be told. */
  check(batch: RecordBatch): Appended | undefined {
    if (batch.producerId < 0) return undefined;
    const lastSequence = lastSequenceOf(batch.baseSequence, batch.count);
    const claim = { epoch: batch.producerEpoch, firstSequence: batch.baseSequence, lastSequence };
    return checkSequence(this.entries.get(batch.producerId), claim);
  }

  /** Takes note of a batch that is in the log, at the time of its producer's last sign of life. */
  appended(batch: RecordBatch, now: number): void {
    if (batch.producerId < 0 || batch.isControl) return;
    const appended: Appended = {
      firstSequence: batch.baseSequence,
      lastSequence: lastSequenceOf(batch.baseSequence, batch.lastOffsetDelta + 1),
      baseOffset: batch.baseOffset,
      time: now,
    };
    const known = this.entries.get(batch.producerId);
    this.entries.set(batch.producerId, remember(known, batch.producerEpoch, appended));
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
