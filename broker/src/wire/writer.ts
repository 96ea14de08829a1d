/** Byte strings of at least this length are sent without copying them into the message. */
const MIN_ZERO_COPY_BYTES = 4096;

/** Collects a message as a list of chunks; small values share one growing chunk. */
export class Writer {
  private readonly done: Buffer[] = [];
  private chunk = Buffer.allocUnsafe(256);
  private at = 0;
  private doneBytes = 0;

  get length(): number {
    return this.doneBytes + this.at;
  }

  int8(value: number): void {
    this.reserve(1);
    this.at = this.chunk.writeInt8(value, this.at);
  }

  int16(value: number): void {
    this.reserve(2);
    this.at = this.chunk.writeInt16BE(value, this.at);
  }

  uint16(value: number): void {
    this.reserve(2);
    this.at = this.chunk.writeUInt16BE(value, this.at);
  }

  int32(value: number): void {
    this.reserve(4);
    this.at = this.chunk.writeInt32BE(value, this.at);
  }

  /** 64-bit integers are numbers here: offsets, times and ids all fit 53 bits; larger values lose precision. */
  int64(value: number): void {
    this.reserve(8);
    const high = Math.floor(value / 0x1_0000_0000);
    this.chunk.writeInt32BE(high | 0, this.at);
    this.at = this.chunk.writeUInt32BE(value - high * 0x1_0000_0000, this.at + 4);
  }

  float64(value: number): void {
    this.reserve(8);
    this.at = this.chunk.writeDoubleBE(value, this.at);
  }

  uvarint(value: number): void {
    this.reserve(5);
    let rest = value;
    for (; rest > 0x7f; rest >>>= 7) this.chunk[this.at++] = (rest & 0x7f) | 0x80;
    this.chunk[this.at++] = rest;
  }

  raw(bytes: Buffer): void {
    if (bytes.length < MIN_ZERO_COPY_BYTES) {
      this.reserve(bytes.length);
      this.at += bytes.copy(this.chunk, this.at);
      return;
    }
    this.cut(256);
    this.done.push(bytes);
    this.doneBytes += bytes.length;
  }

  append(other: Writer): void {
    for (const chunk of other.chunks()) this.raw(chunk);
  }

  chunks(): Buffer[] {
    return [...this.done, this.chunk.subarray(0, this.at)];
  }

  private reserve(bytes: number): void {
    if (this.at + bytes > this.chunk.length)
      this.cut(Math.max(bytes, Math.min(this.chunk.length * 2, 65536)));
  }

  private cut(next: number): void {
    if (this.at > 0) this.done.push(this.chunk.subarray(0, this.at));
    this.doneBytes += this.at;
    this.chunk = Buffer.allocUnsafe(next);
    this.at = 0;
  }
}
