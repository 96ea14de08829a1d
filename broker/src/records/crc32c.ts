import { canLoadProgram, loadProgram, STEP_BYTES } from './crc32c-program.js';

/** Reflected Castagnoli polynomial, the checksum of record batches (RFC 3720, appendix B.4). */
const POLYNOMIAL = 0x82f63b78;
/** The program is not loaded for less than this. */
const MIN_PROGRAM_BYTES = 256;

const table = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ POLYNOMIAL : crc >>> 1;
  return crc;
});

let program: ReturnType<typeof loadProgram> | undefined;

/** CRC-32C of the bytes, unsigned. */
export const crc32c = (bytes: Uint8Array): number => {
  let crc = -1;
  let at = 0;
  if (bytes.length >= MIN_PROGRAM_BYTES && canLoadProgram) {
    at = bytes.length - (bytes.length % STEP_BYTES);
    crc = (program ??= loadProgram(table))(crc, bytes.subarray(0, at));
  }
  for (; at < bytes.length; at++) crc = (crc >>> 8) ^ table[(crc ^ bytes[at]!) & 0xff]!;
  return ~crc >>> 0;
};
