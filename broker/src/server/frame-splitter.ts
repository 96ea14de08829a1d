import { Malformed } from '../wire/malformed.js';

const PREFIX_BYTES = 4;

/** Splits a byte stream into Kafka's length-prefixed frames; a frame is assembled once, when it is complete. */
export class FrameSplitter {
  private chunks: Buffer[] = [];
  /** The number of buffered bytes. */
  buffered = 0;

  constructor(private readonly maxFrame: number) {}

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
  }

  /** The next complete frame, without its length. Throws Malformed for an invalid length. */
  next(): Buffer | undefined {
    if (this.buffered < PREFIX_BYTES) return undefined;
    const length = this.peek().readInt32BE(0);
    if (length < 0 || length > this.maxFrame)
      throw new Malformed(`a frame of ${length} bytes; the limit is ${this.maxFrame}`);
    return this.buffered < PREFIX_BYTES + length
      ? undefined
      : this.take(PREFIX_BYTES + length).subarray(PREFIX_BYTES);
  }

  private peek(): Buffer {
    const [first] = this.chunks;
    return first!.length >= PREFIX_BYTES ? first! : this.joined();
  }

  private take(length: number): Buffer {
    const all = this.chunks[0]!.length >= length ? this.chunks[0]! : this.joined();
    this.chunks[0] = all.subarray(length);
    if (this.chunks[0].length === 0) this.chunks.shift();
    this.buffered -= length;
    return all.subarray(0, length);
  }

  private joined(): Buffer {
    this.chunks = [Buffer.concat(this.chunks)];
    return this.chunks[0]!;
  }
}
