import { BATCH_PREFIX_BYTES, sizeOf } from '../records/record-batch.js';

/** The leading complete batches that begin before offset `end`: a partial one is useless to the client. */
export const wholeBatches = (bytes: Buffer, end = Infinity): Buffer => {
  let at = 0;
  while (
    at + BATCH_PREFIX_BYTES <= bytes.length &&
    at + sizeOf(bytes, at) <= bytes.length &&
    Number(bytes.readBigInt64BE(at)) < end
  )
    at += sizeOf(bytes, at);
  return bytes.subarray(0, at);
};
