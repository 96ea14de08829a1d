import { explain } from '../engine/explain.js';
import { progressOf } from '../engine/progress.js';
import { startedInMs } from '../dev/report.js';
import { coloursOf } from './colours.js';
import { seconds } from './dev-table.js';
import type { Snapshot } from '../engine/snapshot.js';

/** Shows how a start goes on. */
export interface StartProgress {
  show: (snapshot: Snapshot, targets: string[]) => void;
  /** Leaves what is shown as it is. */
  end: () => Promise<void>;
}

/** Live on a terminal, a line for each that has started elsewhere, nothing when silent. */
export async function startProgress({ silent }: { silent: boolean }): Promise<StartProgress> {
  if (silent) return { show: () => {}, end: async () => {} };
  return process.stdout.isTTY ? liveProgress() : lineProgress();
}

function lineProgress(): StartProgress {
  const said = new Set<string>();
  const show: StartProgress['show'] = (snapshot, targets) => {
    for (const name of targets.filter((each) => !said.has(each)))
      if (progressOf(snapshot, name).state === 'done') {
        said.add(name);
        process.stdout.write(`${doneText(snapshot, name)}\n`);
      }
  };
  return { show, end: async () => {} };
}

interface Row {
  shown?: { title: string };
  title: string;
  done: () => void;
  failed: (error: Error) => void;
}

async function liveProgress(): Promise<StartProgress> {
  const { Listr } = await import('listr2');
  const rows = new Map<string, Row>();
  let running: Promise<unknown> | undefined;
  const taskOf = (name: string) => ({
    title: name,
    task: (_: unknown, shown: { title: string }) =>
      new Promise<void>((done, failed) => {
        const row = rows.get(name)!;
        Object.assign(row, { shown, done, failed });
        shown.title = row.title;
      }),
  });
  const show: StartProgress['show'] = (snapshot, targets) => {
    for (const name of targets) if (!rows.has(name)) rows.set(name, { title: name, done() {}, failed() {} });
    const options = { concurrent: true, exitOnError: false, registerSignalListeners: false } as const;
    running ??= new Listr(targets.map(taskOf), options).run();
    for (const name of targets) update(rows.get(name)!, snapshot, name);
  };
  const end = async () => {
    for (const { failed } of rows.values()) failed(new Error());
    await running;
  };
  return { show, end };
}

function update(row: Row, snapshot: Snapshot, name: string): void {
  const { state } = progressOf(snapshot, name);
  row.title = state === 'done' ? doneText(snapshot, name) : pendingText(snapshot, name);
  if (row.shown) row.shown.title = row.title;
  if (state === 'done') row.done();
}

function doneText({ resources }: Snapshot, name: string): string {
  const view = resources.find((each) => each.name === name)!;
  return `${name} started in ${seconds(startedInMs(view))}`;
}

/** The nearest and the farthest cause say most. */
function pendingText(snapshot: Snapshot, name: string): string {
  const { chain } = explain(snapshot, name);
  const own = chain[0]!.slice(name.length + 1);
  const cause = chain.length > 1 ? ` ← ${chain.at(-1)}` : '';
  return `${name} ${coloursOf(process.stdout).dim(own + cause)}`;
}
