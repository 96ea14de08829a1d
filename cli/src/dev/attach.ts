import { followLogs } from '../logs/follow-logs.js';
import { safeLines } from '../terminal/safe-lines.js';
import { exitText } from '../engine/explain.js';
import { startedInMs } from './report.js';
import { engineOf } from './connect-engine.js';
import type { Entry } from '../logs/entries.js';
import type { ResourceView, Snapshot } from '../engine/snapshot.js';

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
  let before: Snapshot | undefined;
  for await (const snapshot of engineOf(root).events(signal)) {
    for (const view of snapshot.resources) {
      const news = newsOf(
        view,
        before?.resources.find(({ name }) => name === view.name),
      );
      if (news) say(news);
    }
    before = snapshot;
  }
  over.abort();
  await logs;
}

function newsOf(view: ResourceView, before: ResourceView | undefined): string | undefined {
  if (!before) return undefined;
  const { name, kind, phase, exit } = view;
  if (phase === 'exited' && before.phase !== 'exited' && exit?.code !== 0) {
    const lines =
      kind === 'task' ? (exit?.lastLines ?? []).flatMap((line) => safeLines(line, { colours: false })) : [];
    return [`${name} ${kind === 'task' ? 'failed' : 'ended'}: ${exitText(exit)}`, ...lines].join('\n');
  }
  if (view.startedAt !== undefined && before.startedAt === undefined)
    return `${name} started in ${startedInMs(view)} ms`;
  return undefined;
}
