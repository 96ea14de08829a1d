import { setTimeout as pause } from 'node:timers/promises';
import { entriesForwards } from './entries.js';
import { LineReader } from './line-reader.js';
import { headOf, lastLineEnd } from './read-logs.js';
import { matches } from './selection.js';
import type { Entry } from './entries.js';
import type { Position } from './read-logs.js';
import type { Selection } from './selection.js';

const POLL_MS = 100;

interface Followed extends Position {
  /** Of its last entry. */
  time?: number;
}

/** What is written to the logs from here on and matches, until the signal; each batch is ordered by time. */
export async function* followLogs(
  positions: Position[],
  selection: Selection,
  signal: AbortSignal,
): AsyncGenerator<Entry> {
  const followed: Followed[] = positions.map((position) => ({ ...position }));
  while (!signal.aborted) {
    const batch = followed.flatMap((log) => news(log)).filter((entry) => matches(selection, entry));
    yield* batch.sort((a, b) => a.time - b.time);
    await pause(POLL_MS, undefined, { signal }).catch(() => undefined);
  }
}

/** Polled rather than watched: the file may not exist yet, be cut in place, or be made anew. */
function news(followed: Followed): Entry[] {
  const reader = LineReader.open(followed.log.file);
  if (!reader) return [];
  try {
    const { size, inode } = reader.state();
    const head = headOf(reader, size);
    if (inode !== followed.inode || size < followed.end || !beginsWith(head, followed.head)) followed.end = 0;
    Object.assign(followed, { inode, head });
    const range = { from: followed.end, to: size, time: followed.time };
    const entries = [...entriesForwards(reader, followed.log.service, range)];
    followed.time = entries.at(-1)?.time ?? followed.time;
    followed.end = Math.max(followed.end, lastLineEnd(reader, size));
    return entries;
  } finally {
    reader.close();
  }
}

const beginsWith = (bytes: Buffer, head: Buffer | undefined) =>
  !head || (bytes.length >= head.length && bytes.subarray(0, head.length).equals(head));
