import { parseLine } from './log-line.js';
import type { LineReader, LocatedText } from './line-reader.js';
import type { LogLine } from './log-line.js';

/** A line of a log with its continuation lines. */
export interface Entry {
  service: string;
  lines: LogLine[];
  /** Its own time, else that of the entry before it in the file, else 0. */
  time: number;
  /** An offset in the log (see `LogBytes`). */
  start: number;
}

/** Limit of buffered lines without a time, while an older line with a time is searched for. */
const MAX_UNTIMED_LINES = 1000;

/** The entries of a log between two offsets, oldest first; `time` is that of the entry before them. */
export function* entriesForwards(
  reader: LineReader,
  service: string,
  range: { from: number; to: number; time?: number },
): Generator<Entry> {
  let entry: Entry | undefined;
  let time = range.time ?? 0;
  for (const { text, start } of reader.forwards(range.from, range.to)) {
    const line = parseLine(text);
    if (entry && line.continues) {
      entry.lines.push(line);
      continue;
    }
    if (entry) yield entry;
    time = line.time ?? time;
    entry = { service, lines: [line], time, start };
  }
  if (entry) yield entry;
}

/** The entries of a log up to an offset, newest first. */
export function* entriesBackwards(reader: LineReader, service: string, from: number): Generator<Entry> {
  let untimed: Entry[] = [];
  for (const { lines, start } of groupsBackwards(reader.backwards(from))) {
    const time = lines[0]!.time;
    untimed.push({ service, lines, time: time ?? 0, start });
    if (time === undefined && untimed.length < MAX_UNTIMED_LINES) continue;
    yield* untimed.map((entry) => ({ ...entry, time: time ?? 0 }));
    untimed = [];
  }
  yield* untimed;
}

function* groupsBackwards(texts: Iterable<LocatedText>): Generator<{ lines: LogLine[]; start: number }> {
  let continuation: LogLine[] = [];
  let first = 0;
  for (const { text, start } of texts) {
    const line = parseLine(text);
    continuation.push(line);
    first = start;
    if (line.continues && continuation.length < MAX_UNTIMED_LINES) continue;
    yield { lines: continuation.reverse(), start };
    continuation = [];
  }
  if (continuation.length > 0) yield { lines: continuation.reverse(), start: first };
}
