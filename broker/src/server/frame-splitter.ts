import { Malformed } from '../wire/malformed.js';
import { FrameMemory } from './frame-memory.js';

const PREFIX_BYTES = 4;
/** A frame of up to this size gets its memory at once; a larger one as it arrives, whatever length it announces. */
const AT_ONCE_BYTES = 1 << 20;

/** A frame that arrives in more than one chunk. */
interface Partial {
  bytes: Buffer;
  filled: number;
  readonly length: number;
}

/** Splits a byte stream into Kafka's length-prefixed frames. */
export class FrameSplitter {
  private chunks: Buffer[] = [];
  private queued = 0;
  private partial: Partial | undefined;

  /** What the last frame is in, unless it came in one chunk. */
  private lent: Buffer | undefined;

  /** @param limits the largest frame, which may change from one frame to the next */
  constructor(
    private readonly limits: { readonly maxFrame: number },
    private readonly memory = new FrameMemory(),
  ) {}

  /** The number of buffered bytes. */
  get buffered(): number {
    return this.queued + (this.partial?.filled ?? 0);
  }

  push(chunk: Buffer): void {
    this.chunks.push(chunk);
    this.queued += chunk.length;
  }

  /** Uses the memory of the last frame for others: nothing may refer to it any longer. */
  reuse(): void {
    if (this.lent) this.memory.give(this.lent);
    this.lent = undefined;
  }

  /** The next complete frame, without its length. Throws Malformed for an invalid length. */
  next(): Buffer | undefined {
    this.lent = undefined;
    if (!this.partial) {
      if (this.queued < PREFIX_BYTES) return undefined;
      const length = this.readLength();
      const [first] = this.chunks;
      if (length === 0 || (first && first.length >= length)) return this.take(length);
      this.partial = { bytes: this.memory.take(Math.min(length, AT_ONCE_BYTES)), filled: 0, length };
    }
    return this.fill(this.partial);
  }

  private readLength(): number {
    if (this.chunks[0]!.length < PREFIX_BYTES) this.chunks = [Buffer.concat(this.chunks)];
    const length = this.take(PREFIX_BYTES).readInt32BE();
    if (length >= 0 && length <= this.limits.maxFrame) return length;
    throw new Malformed(`a frame of ${length} bytes; the limit is ${this.limits.maxFrame}`);
  }

  private fill(partial: Partial): Buffer | undefined {
    while (this.queued > 0 && partial.filled < partial.length) {
      const part = this.take(Math.min(this.chunks[0]!.length, partial.length - partial.filled));
      if (partial.filled + part.length > partial.bytes.length) grow(partial, part.length);
      partial.filled += part.copy(partial.bytes, partial.filled);
    }
    if (partial.filled < partial.length) return undefined;
    this.partial = undefined;
    this.lent = partial.bytes;
    return partial.bytes.subarray(0, partial.length);
  }

  /** Removes bytes of the first chunk. */
  private take(length: number): Buffer {
    const first = this.chunks[0] ?? Buffer.alloc(0);
    this.queued -= length;
    if (first.length > length) this.chunks[0] = first.subarray(length);
    else this.chunks.shift();
    return first.subarray(0, length);
  }
}

/** Doubles the memory, up to the length of the frame. */
const grow = (partial: Partial, missing: number): void => {
  const size = Math.min(partial.length, Math.max(partial.bytes.length * 2, partial.filled + missing));
  const larger = Buffer.allocUnsafe(size);
  partial.bytes.copy(larger, 0, 0, partial.filled);
  partial.bytes = larger;
};
