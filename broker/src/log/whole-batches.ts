import { BATCH_PREFIX, sizeOf } from '../records/record-batch.js';

/** The leading batches that are wholly there: a partial one at the end would be sent for nothing. */
export const wholeBatches = (bytes: Buffer): Buffer => {
  let end = 0;
  while (end + BATCH_PREFIX <= bytes.length && end + sizeOf(bytes, end) <= bytes.length)
    end += sizeOf(bytes, end);
  return bytes.subarray(0, end);
};
