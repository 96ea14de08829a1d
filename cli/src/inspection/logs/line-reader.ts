import { LogBytes } from './log-bytes.js';

const CHUNK_BYTES = 64 * 1024;
const NEWLINE = 0x0a;

export interface LocatedText {
  text: string;
  /** Offsets in the log (see `LogBytes`) of the line and of the next one. */
  start: number;
  end: number;
}

/** An open log, from which lines are read lazily, from either end. */
export class LineReader {
  private constructor(readonly bytes: LogBytes) {}

  /** @returns undefined if the file does not exist. Throws LOG_UNREADABLE */
  static open(file: string): LineReader | undefined {
    const bytes = LogBytes.open(file);
    return bytes && new LineReader(bytes);
  }

  /** The lines between two offsets, without a last line that is incomplete. */
  *forwards(from: number, to: number): Generator<LocatedText> {
    let pieces: Buffer[] = [];
    let start = from;
    for (let at = from; at < to;) {
      const chunk = this.bytes.read(at, Math.min(CHUNK_BYTES, to - at));
      if (chunk.length === 0) return;
      let cut = 0;
      for (let place = chunk.indexOf(NEWLINE); place >= 0; place = chunk.indexOf(NEWLINE, cut)) {
        const end = at + place + 1;
        yield { text: textOf([...pieces, chunk.subarray(cut, place)]), start, end };
        [pieces, start, cut] = [[], end, place + 1];
      }
      pieces.push(chunk.subarray(cut));
      at += chunk.length;
    }
  }

  /** The lines that end at or before an offset, the last one first. */
  *backwards(from: number): Generator<LocatedText> {
    let ending: Buffer[] = [];
    let end: number | undefined;
    let at = from;
    for (const chunk of this.#chunksBackwards(from)) {
      at -= chunk.length;
      let to = chunk.length;
      for (let place = newlineBefore(chunk, to); place >= 0; place = newlineBefore(chunk, to)) {
        const start = at + place + 1;
        if (end !== undefined) yield { text: textOf([chunk.subarray(place + 1, to), ...ending]), start, end };
        [ending, end, to] = [[], start, place];
      }
      if (end !== undefined) ending.unshift(chunk.subarray(0, to));
    }
    if (end !== undefined && at === this.bytes.begin.bytes) yield { text: textOf(ending), start: at, end };
  }

  /** The offset after the last newline between two offsets, or else the first of them: the rest is still being written. */
  lastLineEnd(from: number, to: number): number {
    let at = to;
    for (const chunk of this.#chunksBackwards(to, from)) {
      at -= chunk.length;
      const place = chunk.lastIndexOf(NEWLINE);
      if (place >= 0) return at + place + 1;
    }
    return from;
  }

  /** Number of lines that end before an offset. */
  linesBefore(place: number): number {
    let { bytes: at, lines } = this.bytes.begin;
    while (at < place) {
      const chunk = this.bytes.read(at, Math.min(CHUNK_BYTES, place - at));
      if (chunk.length === 0) break;
      for (let n = chunk.indexOf(NEWLINE); n >= 0; n = chunk.indexOf(NEWLINE, n + 1)) lines++;
      at += chunk.length;
    }
    return lines;
  }

  close(): void {
    this.bytes.close();
  }

  *#chunksBackwards(from: number, downTo = this.bytes.begin.bytes): Generator<Buffer> {
    for (let at = from; at > downTo;) {
      const start = Math.max(at - CHUNK_BYTES, downTo, this.bytes.startBefore(at));
      const chunk = this.bytes.read(start, at - start);
      if (chunk.length < at - start) return;
      yield chunk;
      at = start;
    }
  }
}

const newlineBefore = (bytes: Buffer, place: number) =>
  place <= 0 ? -1 : bytes.lastIndexOf(NEWLINE, place - 1);
const textOf = (pieces: Buffer[]) => Buffer.concat(pieces).toString('utf8').replace(/\r$/, '');
