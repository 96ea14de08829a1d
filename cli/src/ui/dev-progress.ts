import { OLDER, explain } from '../engine/explain.js';
import { progressOf } from '../engine/progress.js';
import { startedInMs } from '../dev/report.js';
import { coloursOf } from './colours.js';
import { seconds } from './dev-table.js';
import { rowsFor } from './rows.js';
import type { Snapshot } from '../engine/snapshot.js';

/** Shows how a start goes on. */
export interface StartProgress {
  show: (snapshot: Snapshot, targets: string[]) => void;
  /** To the end of the start: what is live goes when it succeeds, as a table follows, and stays when it fails. */
  until: <T>(start: Promise<T>) => Promise<T>;
}

/** A row for each that is not up already: what it waits for, and in the end how long it took. */
export async function startProgress({ silent }: { silent: boolean }): Promise<StartProgress> {
  const rows = await rowsFor({ silent });
  const upBefore = new Map<string, boolean>();
  const show: StartProgress['show'] = (snapshot, targets) => {
    for (const name of targets) {
      const { state } = progressOf(snapshot, name);
      if (!upBefore.has(name)) upBefore.set(name, state === 'done');
      if (upBefore.get(name)) continue;
      const text = state === 'done' ? doneText(snapshot, name) : pendingText(snapshot, name);
      rows.show(name, state, text);
    }
  };
  const until: StartProgress['until'] = async (start) => {
    try {
      const started = await start;
      rows.end({ remove: true });
      return started;
    } catch (error) {
      rows.end();
      throw error;
    }
  };
  return { show, until };
}

function doneText({ resources }: Snapshot, name: string): string {
  const view = resources.find((each) => each.name === name)!;
  return `${name} started in ${seconds(startedInMs(view))}`;
}

function pendingText(snapshot: Snapshot, name: string): string {
  const { dim } = coloursOf(process.stdout);
  return `${name} ${dim(isBeingBuilt(snapshot, name) ? 'is being built' : waitingText(snapshot, name))}`;
}

/** What most starts wait for first. */
function isBeingBuilt({ resources }: Snapshot, name: string): boolean {
  const holdOf = (each: string) => resources.find((view) => view.name === each)?.hold;
  const hold = holdOf(name);
  return hold?.kind === 'needs' && hold.until === 'completed' && holdOf(hold.on)?.kind === 'working';
}

/** The nearest and the farthest cause say most; one that is ready by now is just not noticed yet. */
function waitingText(snapshot: Snapshot, name: string): string {
  const { chain } = explain(snapshot, name);
  const { state } = progressOf(snapshot, name);
  const rebuilt = state === 'failed' ? 'was not rebuilt' : 'is being rebuilt';
  const own = chain[0]!.endsWith(OLDER) ? rebuilt : chain[0]!.slice(name.length + 1);
  const last = chain.at(-1)!;
  return chain.length > 1 && !last.endsWith(' is ready') ? `${own} ← ${last}` : own;
}
