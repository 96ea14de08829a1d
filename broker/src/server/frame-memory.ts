/** Smaller frames come from Node's pool, larger ones grow as they arrive. */
const LEAST_BYTES = 64 << 10;
const MOST_BYTES = 1 << 20;

/**
 * The memory of frames that were answered, for the frames of all connections that come next: to get it from the system,
 * which clears it, costs about as much as to receive it.
 */
export class FrameMemory {
  private free: Buffer[] = [];
  private bytes = 0;

  /** At least as many bytes, with anything in them. */
  take(length: number): Buffer {
    if (length < LEAST_BYTES || length > MOST_BYTES) return Buffer.allocUnsafe(length);
    const found = this.free.find((each) => each.length >= length);
    if (!found) return Buffer.allocUnsafeSlow(Math.ceil(length / LEAST_BYTES) * LEAST_BYTES);
    this.free = this.free.filter((each) => each !== found);
    this.bytes -= found.length;
    return found;
  }

  /** Takes memory back that nothing refers to any longer. */
  give(memory: Buffer): void {
    const { length } = memory;
    const isPooled = memory.buffer.byteLength !== length;
    if (isPooled || length < LEAST_BYTES || this.bytes + length > MOST_BYTES) return;
    this.free.push(memory);
    this.bytes += length;
  }
}
