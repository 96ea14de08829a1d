import { followLogs } from '../logs/follow-logs.js';
import { engineOf } from './engine-of.js';
import { News } from './news.js';
import type { Entry } from '../logs/entries.js';

type LogEnd = Parameters<typeof followLogs>[0];

interface Attachment {
  root: string;
  /** Where the logs were before the start. */
  from: LogEnd;
  signal: AbortSignal;
  print: (entry: Entry) => void;
  /** What happens to the processes, in a sentence. */
  say: (text: string) => void;
}

/** Shows what the services write and what becomes of them, until the signal or the end of the engine. */
export async function attach({ root, from, signal, print, say }: Attachment): Promise<void> {
  const over = new AbortController();
  const both = AbortSignal.any([signal, over.signal]);
  const logs = (async () => {
    for await (const entry of followLogs(from, {}, both)) print(entry);
  })();
  const news = new News();
  for await (const snapshot of engineOf(root).events(signal)) for (const text of news.of(snapshot)) say(text);
  over.abort();
  await logs;
}
