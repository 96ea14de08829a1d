const HEADER_BYTES = 8;

/** Output of containers without a terminal comes in frames: a header of 8 bytes that ends with the length, then the data. */
export class Demultiplexer {
  #rest = Buffer.alloc(0);

  push(chunk: Buffer): Buffer {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const contents: Buffer[] = [];
    while (this.#rest.length >= HEADER_BYTES) {
      const end = HEADER_BYTES + this.#rest.readUInt32BE(4);
      if (this.#rest.length < end) break;
      contents.push(this.#rest.subarray(HEADER_BYTES, end));
      this.#rest = this.#rest.subarray(end);
    }
    return Buffer.concat(contents);
  }
}

export const demultiplexed = (frames: Buffer): string => new Demultiplexer().push(frames).toString('utf8');
