import { PREVIOUS_BUILD, explain } from '../../running/engine/explain.js';
import { progressOf } from '../../running/engine/progress.js';
import { startedInMs } from '../../running/dev/report.js';
import { coloursOf } from '../screen/colours.js';
import { seconds } from '../screen/duration-text.js';
import { progressView } from './progress-view.js';
import type { Snapshot } from '../../running/engine/snapshot.js';

/** Shows the progress of a start. */
export interface StartProgress {
  show: (snapshot: Snapshot, targets: string[]) => void;
  /** Waits for the start: the rows are removed if it succeeds, because a table follows, and stay if it fails. */
  until: <T>(start: Promise<T>) => Promise<T>;
}

/** A row per service that is not up yet: what it is waiting for, and finally how long it took. */
export async function startProgress({ silent }: { silent: boolean }): Promise<StartProgress> {
  const rows = await progressView({ silent });
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

/** The first thing that most starts wait for. */
function isBeingBuilt({ resources }: Snapshot, name: string): boolean {
  const holdOf = (each: string) => resources.find((view) => view.name === each)?.hold;
  const hold = holdOf(name);
  return hold?.kind === 'needs' && hold.until === 'completed' && holdOf(hold.on)?.kind === 'working';
}

/** The nearest and the farthest cause are the most useful; a cause that is ready has just not been noticed yet. */
function waitingText(snapshot: Snapshot, name: string): string {
  const { chain } = explain(snapshot, name);
  const { state } = progressOf(snapshot, name);
  const rebuilt = state === 'failed' ? 'was not rebuilt' : 'is being rebuilt';
  const own = chain[0]!.endsWith(PREVIOUS_BUILD) ? rebuilt : chain[0]!.slice(name.length + 1);
  const last = chain.at(-1)!;
  return chain.length > 1 && !last.endsWith(' is ready') ? `${own} ← ${last}` : own;
}
