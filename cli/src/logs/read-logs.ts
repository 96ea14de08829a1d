import { LineReader } from './line-reader.js';
import { entriesBackwards, entriesForwards } from './entries.js';
import { matches } from './selection.js';
import type { Entry } from './entries.js';
import type { Selection } from './selection.js';

/** The log of one service. */
export interface LogFile {
  service: string;
  file: string;
}

/** How far a log has been read: to be followed from there. */
export interface Position {
  log: LogFile;
  inode?: number;
  end: number;
  /** How the file begins: when that changes, it has been cut and written anew. */
  head?: Buffer;
}

const FINGERPRINT = 128;

export const headOf = (reader: LineReader, size: number): Buffer =>
  reader.read(0, Math.min(size, FINGERPRINT));

/**
 * What is in the logs now and matches, merged by time, oldest first. The logs are read from their ends, and
 * only as far back as needed; entries are handed out as they are read, so that size does not matter.
 */
export function readLogs(
  logs: LogFile[],
  selection: Selection,
): { entries: Iterable<Entry>; end: Position[] } {
  const open = logs.map((log) => {
    const reader = LineReader.open(log.file);
    const { size = 0, inode } = reader?.state() ?? {};
    return { log, reader, inode, size };
  });
  const end = open.map(({ log, reader, inode, size }): Position =>
    reader ? { log, inode, end: lastLineEnd(reader, size), head: headOf(reader, size) } : { log, end: 0 },
  );
  return { entries: entriesOf(), end };

  function* entriesOf(): Generator<Entry> {
    const present = open.flatMap(({ log, reader }, n) =>
      reader ? [{ ...log, reader, to: end[n]!.end }] : [],
    );
    try {
      const starts = startsOf(present, selection);
      const streams = present.map(({ reader, service, to }) =>
        entriesForwards(reader, service, { from: starts.get(service) ?? to, to }),
      );
      for (const entry of merged(streams, (a, b) => a.time - b.time))
        if (matches(selection, entry)) yield entry;
    } finally {
      for (const { reader } of present) reader.close();
    }
  }
}

interface Present extends LogFile {
  reader: LineReader;
  to: number;
}

/** Where in each log the first entry to show begins; absent when none is to be shown. */
function startsOf(logs: Present[], selection: Selection): Map<string, number> {
  if (selection.last === undefined && selection.since === undefined)
    return new Map(logs.map(({ service }) => [service, 0]));
  const starts = new Map<string, number>();
  const streams = logs.map(({ reader, service, to }) => entriesBackwards(reader, service, to));
  let left = selection.last ?? Infinity;
  for (const entry of merged(streams, (a, b) => b.time - a.time)) {
    // Untimed lines at the head of a log tell nothing of when they were written.
    if (left === 0 || (entry.time < (selection.since ?? 0) && entry.time > 0)) break;
    if (!matches(selection, entry)) continue;
    starts.set(entry.service, entry.start);
    left--;
  }
  return starts;
}

/** One ordered stream out of several. */
export function* merged<T>(streams: Iterator<T>[], compare: (a: T, b: T) => number): Generator<T> {
  const heads = streams.map((stream) => ({ stream, head: stream.next() }));
  for (;;) {
    const first = heads
      .filter(({ head }) => !head.done)
      .reduce<(typeof heads)[number] | undefined>(
        (best, each) => (best && compare(best.head.value as T, each.head.value as T) <= 0 ? best : each),
        undefined,
      );
    if (!first) return;
    yield first.head.value as T;
    first.head = first.stream.next();
  }
}

/** Behind the last newline: what is after it is still being written. */
export function lastLineEnd(reader: LineReader, size: number): number {
  for (const { end } of reader.backwards(size)) return end;
  return 0;
}
