import { closeSync, constants, fstatSync, openSync, readSync } from 'node:fs';
import { MsxError } from '../errors/msx-error.js';

const CHUNK = 64 * 1024;
const NEWLINE = 0x0a;

export interface PlacedText {
  text: string;
  /** In bytes from the beginning of the file: of the line, and of the one after it. */
  start: number;
  end: number;
}

/** A log file that is open for reading. Lines are cut out of it as they are asked for, from either end. */
export class LineReader {
  private constructor(private readonly fd: number) {}

  /** Nothing when there is no such file. Links are not followed: the folder may be everyone's. */
  static open(file: string): LineReader | undefined {
    try {
      return new LineReader(openSync(file, constants.O_RDONLY | constants.O_NOFOLLOW));
    } catch (error) {
      const { code, message } = error as NodeJS.ErrnoException;
      if (code === 'ENOENT') return undefined;
      throw new MsxError('LOG_UNREADABLE', { file, reason: code ?? message }, { cause: error });
    }
  }

  state(): { size: number; inode: number } {
    const { size, ino } = fstatSync(this.fd);
    return { size, inode: ino };
  }

  /** The lines from a place on up to another, without a last one that is not ended yet. */
  *forwards(from: number, to: number): Generator<PlacedText> {
    let rest = Buffer.alloc(0);
    let start = from;
    for (let at = from; at < to;) {
      const chunk = this.read(at, Math.min(CHUNK, to - at));
      if (chunk.length === 0) return;
      at += chunk.length;
      rest = Buffer.concat([rest, chunk]);
      let cut = 0;
      for (let end = rest.indexOf(NEWLINE); end >= 0; end = rest.indexOf(NEWLINE, cut)) {
        yield { text: textOf(rest.subarray(cut, end)), start: start + cut, end: start + end + 1 };
        cut = end + 1;
      }
      rest = rest.subarray(cut);
      start += cut;
    }
  }

  /** The lines that end at or before a place, the last one first. */
  *backwards(from: number): Generator<PlacedText> {
    let rest = Buffer.alloc(0);
    let end = from;
    for (let at = from; at > 0;) {
      const length = Math.min(CHUNK, at);
      at -= length;
      rest = Buffer.concat([this.read(at, length), rest]);
      // The newline that ends the last line separates nothing.
      for (let cut = before(rest, rest.length - 1); cut >= 0; cut = before(rest, rest.length - 1)) {
        if (isWhole(rest)) yield { text: textOf(rest.subarray(cut + 1, -1)), start: at + cut + 1, end };
        rest = rest.subarray(0, cut + 1);
        end = at + cut + 1;
      }
    }
    if (isWhole(rest)) yield { text: textOf(rest.subarray(0, -1)), start: 0, end };
  }

  read(at: number, length: number): Buffer {
    const bytes = Buffer.alloc(length);
    return bytes.subarray(0, readSync(this.fd, bytes, 0, length, at));
  }

  close(): void {
    closeSync(this.fd);
  }
}

/** The place of the last newline before a place. */
const before = (bytes: Buffer, place: number) => (place <= 0 ? -1 : bytes.lastIndexOf(NEWLINE, place - 1));
const isWhole = (bytes: Buffer) => bytes.at(-1) === NEWLINE;
const textOf = (bytes: Buffer) => bytes.toString('utf8').replace(/\r$/, '');
