import { Malformed } from '../wire/malformed.js';

const PREFIX = 4;

/** Cuts a byte stream into Kafka's length-prefixed frames; a frame is put together once, when it is complete. */
export class FrameSplitter {
  private chunks: Buffer[] = [];
  /** How many bytes wait to become a frame. */
  buffered = 0;

  constructor(private readonly maxFrame: number) {}

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.buffered += chunk.length;
  }

  /** The next whole frame, without its length. Throws Malformed for a length that cannot be. */
  next(): Buffer | undefined {
    if (this.buffered < PREFIX) return undefined;
    const length = this.peek().readInt32BE(0);
    if (length < 0 || length > this.maxFrame)
      throw new Malformed(`a frame of ${length} bytes; at most ${this.maxFrame} are taken`);
    return this.buffered < PREFIX + length ? undefined : this.take(PREFIX + length).subarray(PREFIX);
  }

  private peek(): Buffer {
    const [first] = this.chunks;
    return first!.length >= PREFIX ? first! : this.joined();
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
