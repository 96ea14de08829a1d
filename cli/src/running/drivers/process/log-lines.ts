import { readSync } from 'node:fs';

export const NEWLINE = 0x0a;
const CHUNK_BYTES = 1024 * 1024;

/** Reads from an open file; returns fewer bytes at its end. */
export function readAt(fd: number, place: number, length: number): Buffer {
  const bytes = Buffer.alloc(Math.max(0, length));
  return bytes.subarray(0, readSync(fd, bytes, 0, bytes.length, place));
}

export function* chunksOf(fd: number, from: number, to: number): Generator<Buffer> {
  for (let at = from; at < to; at += CHUNK_BYTES) yield readAt(fd, at, Math.min(CHUNK_BYTES, to - at));
}

/** Number of lines that end between two offsets. */
export function linesIn(fd: number, from: number, to: number): number {
  let lines = 0;
  for (const chunk of chunksOf(fd, from, to)) lines += linesOf(chunk);
  return lines;
}

export function linesOf(bytes: Buffer): number {
  let lines = 0;
  for (let at = bytes.indexOf(NEWLINE); at >= 0; at = bytes.indexOf(NEWLINE, at + 1)) lines++;
  return lines;
}

/** The offset after the last line that ends between two offsets, or else the first of them. */
export function lastLineEnd(fd: number, from: number, to: number): number {
  for (let at = to; at > from;) {
    const start = Math.max(from, at - CHUNK_BYTES);
    const place = readAt(fd, start, at - start).lastIndexOf(NEWLINE);
    if (place >= 0) return start + place + 1;
    at = start;
  }
  return from;
}

/** The first start of a line between two offsets; the second one is the start of a line itself. */
export function lineStart(fd: number, from: number, to: number): number {
  for (let at = from; at < to; at += CHUNK_BYTES) {
    const place = readAt(fd, at, Math.min(CHUNK_BYTES, to - at)).indexOf(NEWLINE);
    if (place >= 0) return at + place + 1;
  }
  return to;
}
