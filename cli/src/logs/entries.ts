import { parseLine } from './log-line.js';
import type { LineReader, PlacedText } from './line-reader.js';
import type { LogLine } from './log-line.js';

/** A line of a log with all that continues it. */
export interface Entry {
  service: string;
  lines: LogLine[];
  /** Its own, else that of the entry before it in the file, else 0. */
  time: number;
  /** In bytes from the beginning of the file. */
  start: number;
}

/** How many lines without a time are kept in mind while an older one that has it is looked for. */
const PATIENCE = 1000;

/** The entries of a log between two places, oldest first; `time` is that of the entry before them. */
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

/** The entries of a log up to a place, newest first. */
export function* entriesBackwards(reader: LineReader, service: string, from: number): Generator<Entry> {
  let untimed: Entry[] = [];
  for (const { lines, start } of groupsBackwards(reader.backwards(from))) {
    const time = lines[0]!.time;
    untimed.push({ service, lines, time: time ?? 0, start });
    if (time === undefined && untimed.length < PATIENCE) continue;
    yield* untimed.map((entry) => ({ ...entry, time: time ?? 0 }));
    untimed = [];
  }
  yield* untimed;
}

function* groupsBackwards(texts: Iterable<PlacedText>): Generator<{ lines: LogLine[]; start: number }> {
  let continuation: LogLine[] = [];
  let first = 0;
  for (const { text, start } of texts) {
    const line = parseLine(text);
    continuation.push(line);
    first = start;
    if (line.continues && continuation.length < PATIENCE) continue;
    yield { lines: continuation.reverse(), start };
    continuation = [];
  }
  if (continuation.length > 0) yield { lines: continuation.reverse(), start: first };
}
