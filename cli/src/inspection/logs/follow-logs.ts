import { setTimeout as pause } from 'node:timers/promises';
import { entriesForwards } from './entries.js';
import { LineReader } from './line-reader.js';
import { parseLine } from './log-line.js';
import { matches } from './selection.js';
import type { Entry } from './entries.js';
import type { Position } from './read-logs.js';
import type { Selection } from './selection.js';

const POLL_MS = 100;

interface FollowedLog extends Position {
  /** How far the log was searched for line ends: beyond `end` while a line is being written. */
  searched: number;
  /** Number of lines before `end`. */
  lines: number;
  /** Time of its last entry. */
  time?: number;
}

/**
 * Yields matching entries that are written after these positions, until the signal; each batch is ordered by time. A
 * slow consumer gets an entry with the number of lines that were cut from a log before they were read.
 */
export function followLogs(
  positions: Position[],
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<Entry> {
  const followed = positions.map((position) => ({
    ...position,
    searched: position.end,
    lines: linesOf(position),
  }));
  return newEntries(followed, selection, signal);
}

async function* newEntries(
  followed: FollowedLog[],
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<Entry> {
  while (!signal.aborted) {
    const batch = followed.flatMap((log) => newEntriesOf(log, selection));
    yield* batch.sort((a, b) => a.time - b.time);
    await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

function linesOf({ log, end }: Position): number {
  return withReader(log.file, (reader) => reader.linesBefore(end)) ?? 0;
}

/** Polled rather than watched: the file may not exist yet, be cut in place, or be replaced. */
function newEntriesOf(followed: FollowedLog, selection: Selection): Entry[] {
  const found = withReader(followed.log.file, (reader) => {
    const skipped = moveToReadable(followed, reader);
    const entries = entriesOf(followed, reader).filter((entry) => matches(selection, entry));
    return [...skipped, ...entries];
  });
  return found ?? [];
}

/** Moves a log to the first readable offset. @returns an entry about lines that were cut before it */
function moveToReadable(followed: FollowedLog, reader: LineReader): Entry[] {
  const { begin, end, identity } = reader.bytes;
  if (wasReplaced(followed, { end, ...identity })) Object.assign(followed, { end: 0, searched: 0, lines: 0 });
  Object.assign(followed, identity);
  if (followed.end >= begin.bytes) return [];
  const skipped = begin.lines - followed.lines;
  Object.assign(followed, { end: begin.bytes, searched: begin.bytes, lines: begin.lines });
  return [skippedEntry(followed, skipped)];
}

const wasReplaced = (
  followed: FollowedLog,
  { inode, cutAt, head, end }: LineReader['bytes']['identity'] & { end: number },
) =>
  inode !== followed.inode ||
  end < followed.end ||
  cutAt < (followed.cutAt ?? 0) ||
  (cutAt === followed.cutAt && !beginsWith(head, followed.head));

const beginsWith = (bytes: Buffer, head: Buffer | undefined) =>
  !head || (bytes.length >= head.length && bytes.subarray(0, head.length).equals(head));

/** The entries of all complete lines. An incomplete line is only read once it is complete. */
function entriesOf(followed: FollowedLog, reader: LineReader): Entry[] {
  const { end, searched, time, log } = followed;
  // Taken now, since it changes when the log is cut during the read.
  const written = reader.bytes.end;
  const to = reader.lastLineEnd(searched, written);
  followed.searched = written;
  if (to === searched) return [];
  const entries = [
    ...entriesForwards(reader, log.service, { from: end, to, ...(time !== undefined && { time }) }),
  ];
  // Lines that were cut during the read are reported next time.
  if (reader.bytes.begin.bytes > end) return [];
  followed.end = to;
  followed.lines += entries.reduce((sum, { lines }) => sum + lines.length, 0);
  followed.time = entries.at(-1)?.time ?? time;
  return entries;
}

function skippedEntry({ log, time = 0, end }: FollowedLog, skipped: number): Entry {
  const record = {
    level: 'warn',
    time: new Date().toISOString(),
    msg: `${skipped} lines were cut from the log before they could be shown`,
  };
  return { service: log.service, lines: [parseLine(JSON.stringify(record))], time, start: end };
}

function withReader<T>(file: string, use: (reader: LineReader) => T): T | undefined {
  const reader = LineReader.open(file);
  if (!reader) return undefined;
  try {
    return use(reader);
  } finally {
    reader.close();
  }
}
