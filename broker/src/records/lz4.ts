import { Malformed } from '../wire/malformed.js';

const MAGIC = 0x184d2204;
const FLAG = { dictionary: 1, contentChecksum: 4, contentSize: 8, blockChecksum: 16 } as const;
const STORED = 0x80000000;
const MIN_MATCH = 4;

/** Decompresses the LZ4 frame format, without its checksums: the batch has one of its own. Throws Malformed. */
export const lz4Decompress = (bytes: Buffer, maxBytes: number): Buffer => {
  if (bytes.length < 7 || bytes.readUInt32LE(0) !== MAGIC) throw new Malformed('not an LZ4 frame');
  const flags = bytes[4]!;
  let at = 7 + (flags & FLAG.contentSize ? 8 : 0) + (flags & FLAG.dictionary ? 4 : 0);
  const output = new Output(maxBytes);
  for (;;) {
    if (at + 4 > bytes.length) throw new Malformed('incomplete LZ4 frame');
    const header = bytes.readUInt32LE(at);
    if (header === 0) return output.bytes();
    const size = header & ~STORED;
    const block = bytes.subarray(at + 4, at + 4 + size);
    if (block.length < size) throw new Malformed('incomplete LZ4 block');
    if (header >= STORED) output.append(block);
    else decodeBlock(block, output);
    at += 4 + size + (flags & FLAG.blockChecksum ? 4 : 0);
  }
};

/** A growing buffer, in which matches refer to what is already there. */
class Output {
  private buffer = Buffer.allocUnsafe(1 << 16);
  private end = 0;

  constructor(private readonly maxBytes: number) {}

  append(bytes: Buffer): void {
    this.reserve(bytes.length);
    bytes.copy(this.buffer, this.end);
    this.end += bytes.length;
  }

  repeat(offset: number, length: number): void {
    if (offset < 1 || offset > this.end) throw new Malformed('LZ4 match out of range');
    this.reserve(length);
    const { buffer, end } = this;
    for (let i = 0; i < length; i++) buffer[end + i] = buffer[end + i - offset]!;
    this.end += length;
  }

  bytes(): Buffer {
    return this.buffer.subarray(0, this.end);
  }

  private reserve(length: number): void {
    const needed = this.end + length;
    if (needed > this.maxBytes) throw new Malformed(`more than ${this.maxBytes} bytes of LZ4`);
    if (needed <= this.buffer.length) return;
    const larger = Buffer.allocUnsafe(Math.max(needed, 2 * this.buffer.length));
    this.buffer.copy(larger, 0, 0, this.end);
    this.buffer = larger;
  }
}

/** Sequences of literals and a match; the last one has only literals. */
const decodeBlock = (block: Buffer, output: Output): void => {
  const cursor = { at: 0 };
  while (cursor.at < block.length) {
    const token = block[cursor.at++]!;
    const literals = lengthOf(token >>> 4, block, cursor);
    if (cursor.at + literals > block.length) throw new Malformed('LZ4 literals out of range');
    output.append(block.subarray(cursor.at, cursor.at + literals));
    cursor.at += literals;
    if (cursor.at === block.length) return;
    if (cursor.at + 2 > block.length) throw new Malformed('incomplete LZ4 match');
    const offset = block.readUInt16LE(cursor.at);
    cursor.at += 2;
    output.repeat(offset, lengthOf(token & 15, block, cursor) + MIN_MATCH);
  }
};

/** Four bits, and if all are set as many bytes as are needed. */
const lengthOf = (nibble: number, block: Buffer, cursor: { at: number }): number => {
  if (nibble < 15) return nibble;
  let length = nibble;
  for (;;) {
    const byte = block[cursor.at++];
    if (byte === undefined) throw new Malformed('incomplete LZ4 length');
    length += byte;
    if (byte < 255) return length;
  }
};
