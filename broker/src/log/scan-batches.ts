import { BATCH_HEADER_BYTES, RecordBatch, sizeOf } from '../records/record-batch.js';

const WINDOW_BYTES = 1 << 16;

export interface Found {
  /** Valid only until the next iteration. */
  readonly batch: RecordBatch;
  readonly at: number;
}

/** Fills the buffer from a position, and returns the number of bytes read. */
export type ReadInto = (bytes: Buffer, position: number) => number;

/** Iterates over the batches in the first `size` bytes, up to the first incomplete one. */
export function* scanBatches(readInto: ReadInto, size: number, from = 0): Generator<Found> {
  let memory = Buffer.allocUnsafe(0);
  let window = memory;
  let start = from;
  const isHeld = (at: number, length: number): boolean => at - start + length <= window.length;
  const hold = (at: number, length: number): boolean => {
    if (isHeld(at, length)) return true;
    if (at + length > size) return false;
    if (memory.length < length) memory = Buffer.allocUnsafe(Math.max(WINDOW_BYTES, length));
    window = memory.subarray(0, readInto(memory.subarray(0, size - at), at));
    start = at;
    return isHeld(at, length);
  };
  for (let at = from; hold(at, BATCH_HEADER_BYTES);) {
    const length = sizeOf(window, at - start);
    if (length < BATCH_HEADER_BYTES || !hold(at, length)) return;
    yield { batch: new RecordBatch(window.subarray(at - start, at - start + length)), at };
    at += length;
  }
}
