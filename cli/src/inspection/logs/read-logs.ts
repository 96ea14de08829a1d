import { LineReader } from './line-reader.js';
import { entriesBackwards, entriesForwards } from './entries.js';
import { matches } from './selection.js';
import type { Entry } from './entries.js';
import type { LogBytes } from './log-bytes.js';
import type { Selection } from './selection.js';

/** The log of one service. */
export interface LogFile {
  service: string;
  file: string;
}

/** How far a log has been read, to be followed from there; without an identity if the file did not exist. */
export interface Position extends Partial<LogBytes['identity']> {
  log: LogFile;
  /** An offset in the log (see `LogBytes`). */
  end: number;
}

/**
 * The matching entries that are in the logs now, merged by time, oldest first. The logs are read from their ends, and
 * only as far back as needed; entries are yielded as they are read, so that memory does not depend on the size.
 */
export function readLogs(
  logs: LogFile[],
  selection: Selection,
): { entries: Iterable<Entry>; end: Position[] } {
  const open = logs.map((log) => {
    const reader = LineReader.open(log.file);
    return { log, reader };
  });
  const end = open.map(({ log, reader }): Position => {
    if (!reader) return { log, end: 0 };
    const { begin, end: written, identity } = reader.bytes;
    return { log, ...identity, end: reader.lastLineEnd(begin.bytes, written) };
  });
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

/** The offset of the first entry to show in each log; absent if there is none. */
function startsOf(logs: Present[], selection: Selection): Map<string, number> {
  if (selection.last === undefined && selection.since === undefined)
    return new Map(logs.map(({ service, reader }) => [service, reader.bytes.begin.bytes]));
  const starts = new Map<string, number>();
  const streams = logs.map(({ reader, service, to }) => entriesBackwards(reader, service, to));
  let left = selection.last ?? Infinity;
  for (const entry of merged(streams, (a, b) => b.time - a.time)) {
    // The age of untimed lines at the start of a log is unknown.
    if (left === 0 || (entry.time < (selection.since ?? 0) && entry.time > 0)) break;
    if (!matches(selection, entry)) continue;
    starts.set(entry.service, entry.start);
    left--;
  }
  return starts;
}

/** Merges ordered streams into one. */
function* merged<T>(streams: Iterator<T>[], compare: (a: T, b: T) => number): Generator<T> {
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

/** The current ends of the logs, to be followed from there. */
export function endOfLogs(logs: LogFile[]): Position[] {
  const { entries, end } = readLogs(logs, { last: 0 });
  // Exhausting the empty stream closes the logs.
  for (const _ of entries);
  return end;
}
