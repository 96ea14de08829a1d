import zlib from 'node:zlib';
import { Malformed } from '../wire/malformed.js';
import { lz4Decompress } from './lz4.js';
import type { RecordBatch } from './record-batch.js';
import { snappyDecompress } from './snappy.js';

/** A batch that decompresses to more than this is refused where its records must be read. */
const MAX_BYTES = 64 << 20;

type Codec = (bytes: Buffer) => Buffer;

const zlibOptions = { maxOutputLength: MAX_BYTES };

const { zstdDecompressSync } = zlib as unknown as {
  zstdDecompressSync?: (bytes: Buffer, options: typeof zlibOptions) => Buffer;
};

/** By the number in the attributes of a batch. Node has zstd only since 22.15. */
const codecs: Record<number, Codec | undefined> = {
  0: (bytes) => bytes,
  1: (bytes) => zlib.gunzipSync(bytes, zlibOptions),
  2: (bytes) => snappyDecompress(bytes, MAX_BYTES),
  3: (bytes) => lz4Decompress(bytes, MAX_BYTES),
  4: zstdDecompressSync && ((bytes) => zstdDecompressSync(bytes, zlibOptions)),
};

/** The decompressed records of a batch; undefined if Node lacks the codec. Throws Malformed. */
export const decompress = (batch: RecordBatch): Buffer | undefined => {
  try {
    return codecs[batch.compression]?.(batch.records);
  } catch (error) {
    throw new Malformed(`records cannot be decompressed: ${(error as Error).message}`);
  }
};
