import { causeOf, makersOf } from './explain.js';
import { hasStarted } from './resource.js';
import type { ResourceView, Snapshot } from './snapshot.js';

export type Progress =
  | { state: 'done' }
  | { state: 'pending' }
  /** It will not come up unless something changes; `culprit` is what was given up. */
  | { state: 'failed'; culprit: ResourceView };

/** How far a resource is on its way to what is wanted of it. */
export function progressOf(snapshot: Snapshot, name: string): Progress {
  const view = snapshot.resources.find((each) => each.name === name);
  if (!view) throw new Error(`no resource "${name}"`);
  if (isThere(snapshot, view)) return { state: 'done' };
  const culprit = givenUp(snapshot, view, new Set());
  return culprit ? { state: 'failed', culprit } : { state: 'pending' };
}

/** A service that runs while a task that makes it is not done may yet run something else. */
function isThere(snapshot: Snapshot, view: ResourceView): boolean {
  if (view.kind === 'task') return isDone(view);
  return hasStarted(view) && view.version === view.target && makersOf(snapshot, view).every(isDone);
}

const isDone = ({ completed, target }: ResourceView): boolean => completed === target;

/** Follows what the resource waits for, and the tasks it is made by, to one that was given up. */
function givenUp(snapshot: Snapshot, view: ResourceView, seen: Set<string>): ResourceView | undefined {
  if (seen.has(view.name) || isThere(snapshot, view)) return undefined;
  seen.add(view.name);
  if (view.hold?.kind === 'gave-up') return view;
  const cause = snapshot.resources.filter(({ name }) => name === causeOf(view));
  for (const other of [...cause, ...makersOf(snapshot, view)]) {
    const culprit = givenUp(snapshot, other, seen);
    if (culprit) return culprit;
  }
  return undefined;
}
