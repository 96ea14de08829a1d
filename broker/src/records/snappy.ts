import { Malformed } from '../wire/malformed.js';

/** The beginning of the frames of snappy-java, which Kafka's Java client writes; other clients write a bare block. */
const FRAMES = Buffer.from('82534e4150505900', 'hex');
const FRAMES_HEADER_BYTES = 16;

/** Decompresses snappy, whose format is one block or several framed ones. Throws Malformed. */
export const snappyDecompress = (bytes: Buffer, maxBytes: number): Buffer => {
  if (!bytes.subarray(0, FRAMES.length).equals(FRAMES)) return blockOf(bytes, maxBytes);
  const blocks: Buffer[] = [];
  let left = maxBytes;
  for (let at = FRAMES_HEADER_BYTES; at < bytes.length;) {
    if (at + 4 > bytes.length) throw new Malformed('incomplete snappy frame');
    const length = bytes.readInt32BE(at);
    if (length < 0 || at + 4 + length > bytes.length) throw new Malformed('incomplete snappy frame');
    const block = blockOf(bytes.subarray(at + 4, at + 4 + length), left);
    blocks.push(block);
    left -= block.length;
    at += 4 + length;
  }
  return Buffer.concat(blocks);
};

interface Cursor {
  at: number;
}

/** One block: its length, then literals and copies of earlier output. */
const blockOf = (bytes: Buffer, maxBytes: number): Buffer => {
  const cursor = { at: 0 };
  const size = uvarint(bytes, cursor);
  if (size > maxBytes) throw new Malformed(`${size} bytes of snappy; at most ${maxBytes} are accepted`);
  const output = Buffer.allocUnsafe(size);
  let end = 0;
  while (cursor.at < bytes.length) {
    const tag = bytes[cursor.at++]!;
    end =
      (tag & 3) === 0
        ? literal(bytes, cursor, { tag, output, end })
        : copy(bytes, cursor, { tag, output, end });
  }
  if (end !== size) throw new Malformed('incomplete snappy block');
  return output;
};

const uvarint = (bytes: Buffer, cursor: Cursor): number => {
  let value = 0;
  for (let weight = 1; weight <= 128 ** 4; weight *= 128) {
    const byte = bytes[cursor.at++];
    if (byte === undefined) break;
    value += (byte & 0x7f) * weight;
    if (byte < 0x80) return value;
  }
  throw new Malformed('invalid length of a snappy block');
};

interface Element {
  readonly tag: number;
  readonly output: Buffer;
  readonly end: number;
}

const LONGEST_SHORT_LITERAL = 60;

const literal = (bytes: Buffer, cursor: Cursor, { tag, output, end }: Element): number => {
  let length = (tag >>> 2) + 1;
  if (length > LONGEST_SHORT_LITERAL)
    length = littleEndian(bytes, cursor, length - LONGEST_SHORT_LITERAL) + 1;
  if (cursor.at + length > bytes.length || end + length > output.length)
    throw new Malformed('snappy literal out of range');
  bytes.copy(output, end, cursor.at, cursor.at + length);
  cursor.at += length;
  return end + length;
};

const copy = (bytes: Buffer, cursor: Cursor, { tag, output, end }: Element): number => {
  const kind = tag & 3;
  const length = kind === 1 ? ((tag >>> 2) & 7) + 4 : (tag >>> 2) + 1;
  const offset =
    kind === 1
      ? ((tag >>> 5) << 8) | littleEndian(bytes, cursor, 1)
      : littleEndian(bytes, cursor, kind === 2 ? 2 : 4);
  if (offset < 1 || offset > end || end + length > output.length)
    throw new Malformed('snappy copy out of range');
  for (let i = 0; i < length; i++) output[end + i] = output[end + i - offset]!;
  return end + length;
};

const littleEndian = (bytes: Buffer, cursor: Cursor, size: number): number => {
  if (cursor.at + size > bytes.length) throw new Malformed('incomplete snappy element');
  const value = bytes.readUIntLE(cursor.at, size);
  cursor.at += size;
  return value;
};
