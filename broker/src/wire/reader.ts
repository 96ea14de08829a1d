import { Malformed } from './malformed.js';

/**
 * A message has at most as many list entries and tagged fields. A decoded entry takes much more memory than the byte
 * that may be enough to send it.
 */
const MAX_ENTRIES = 500_000;

/** Reads one message; every read is checked against its end. Slices share the message's memory. */
export class Reader {
  private at = 0;

  constructor(
    private readonly bytes: Buffer,
    private readonly left = { entries: MAX_ENTRIES },
  ) {}

  get rest(): number {
    return this.bytes.length - this.at;
  }

  int8(): number {
    return this.bytes.readInt8(this.take(1));
  }

  int16(): number {
    return this.bytes.readInt16BE(this.take(2));
  }

  uint16(): number {
    return this.bytes.readUInt16BE(this.take(2));
  }

  int32(): number {
    return this.bytes.readInt32BE(this.take(4));
  }

  /** See {@link Writer.int64}. */
  int64(): number {
    const at = this.take(8);
    return this.bytes.readInt32BE(at) * 0x1_0000_0000 + this.bytes.readUInt32BE(at + 4);
  }

  float64(): number {
    return this.bytes.readDoubleBE(this.take(8));
  }

  uvarint(): number {
    let value = 0;
    for (let shift = 0; shift < 35; shift += 7) {
      const byte = this.bytes[this.take(1)]!;
      value |= (byte & 0x7f) << shift;
      if (byte < 0x80) return value >>> 0;
    }
    throw new Malformed('a varint is longer than five bytes');
  }

  /** Announces entries that will be read. */
  expectEntries(count: number): void {
    this.left.entries -= count;
    if (this.left.entries < 0) throw new Malformed(`more than ${MAX_ENTRIES} entries in a message`);
  }

  /** Reads a part of the message on its own. */
  part(length: number): Reader {
    return new Reader(this.slice(length), this.left);
  }

  slice(length: number): Buffer {
    const at = this.take(length);
    return this.bytes.subarray(at, at + length);
  }

  private take(length: number): number {
    if (length > this.rest)
      throw new Malformed(`expected ${length} bytes at ${this.at}, but only ${this.rest} are left`);
    const at = this.at;
    this.at += length;
    return at;
  }
}
