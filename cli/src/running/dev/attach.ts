import { followLogs } from '../../inspection/logs/follow-logs.js';
import { engineOf } from './engine-of.js';
import { ChangeReporter } from './change-reporter.js';
import type { Entry } from '../../inspection/logs/entries.js';

type LogEnd = Parameters<typeof followLogs>[0];

export interface Attachment {
  root: string;
  /** The ends of the logs before the start. */
  from: LogEnd;
  signal: AbortSignal;
  print: (entry: Entry) => void;
  /** Prints a sentence about a change of a process. */
  say: (text: string) => void;
}

/** Shows the logs of the services and changes of their state, until the signal or the end of the engine. */
export async function attach({ root, from, signal, print, say }: Attachment): Promise<void> {
  const ended = new AbortController();
  const both = AbortSignal.any([signal, ended.signal]);
  const logs = (async () => {
    for await (const entry of followLogs(from, {}, both)) print(entry);
  })();
  const reporter = new ChangeReporter();
  for await (const snapshot of engineOf(root).events(signal))
    for (const text of reporter.changesIn(snapshot)) say(text);
  ended.abort();
  await logs;
}
