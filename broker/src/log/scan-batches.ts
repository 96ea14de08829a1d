import { BATCH_HEADER, RecordBatch, sizeOf } from '../records/record-batch.js';

const WINDOW = 1 << 16;

export interface Found {
  /** Valid until the next one is asked for. */
  readonly batch: RecordBatch;
  readonly at: number;
}

/** Fills the buffer from a position on, and says how many bytes there were. */
export type ReadInto = (bytes: Buffer, position: number) => number;

/** Walks the batches among the first `size` bytes, up to the first thing that is not wholly there. */
export function* scanBatches(readInto: ReadInto, size: number, from = 0): Generator<Found> {
  let memory = Buffer.allocUnsafe(0);
  let window = memory;
  let start = from;
  const isHeld = (at: number, length: number): boolean => at - start + length <= window.length;
  const hold = (at: number, length: number): boolean => {
    if (isHeld(at, length)) return true;
    if (at + length > size) return false;
    if (memory.length < length) memory = Buffer.allocUnsafe(Math.max(WINDOW, length));
    window = memory.subarray(0, readInto(memory.subarray(0, size - at), at));
    start = at;
    return isHeld(at, length);
  };
  for (let at = from; hold(at, BATCH_HEADER);) {
    const length = sizeOf(window, at - start);
    if (length < BATCH_HEADER || !hold(at, length)) return;
    yield { batch: new RecordBatch(window.subarray(at - start, at - start + length)), at };
    at += length;
  }
}
