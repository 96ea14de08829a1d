const HEADER = 8;

/** What containers without a terminal write comes in frames: 8 bytes of which the last four are the length, then it. */
export class Demultiplexer {
  #rest = Buffer.alloc(0);

  push(chunk: Buffer): Buffer {
    this.#rest = Buffer.concat([this.#rest, chunk]);
    const contents: Buffer[] = [];
    while (this.#rest.length >= HEADER) {
      const end = HEADER + this.#rest.readUInt32BE(4);
      if (this.#rest.length < end) break;
      contents.push(this.#rest.subarray(HEADER, end));
      this.#rest = this.#rest.subarray(end);
    }
    return Buffer.concat(contents);
  }
}

export const demultiplexed = (frames: Buffer): string => new Demultiplexer().push(frames).toString('utf8');
