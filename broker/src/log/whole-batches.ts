import { BATCH_PREFIX_BYTES, sizeOf } from '../records/record-batch.js';

/** The leading complete batches: a partial one at the end is useless to the client. */
export const wholeBatches = (bytes: Buffer): Buffer => {
  let end = 0;
  while (end + BATCH_PREFIX_BYTES <= bytes.length && end + sizeOf(bytes, end) <= bytes.length)
    end += sizeOf(bytes, end);
  return bytes.subarray(0, end);
};
