import { causeOf, tasksOf } from './explain.js';
import { hasStarted } from './resource.js';
import type { ResourceView, Snapshot } from './snapshot.js';

export type Progress =
  | { state: 'done' }
  | { state: 'pending' }
  /** It will not come up unless something changes; `culprit` is the resource that was given up. */
  | { state: 'failed'; culprit: ResourceView };

/** How far a resource is on the way to its desired state. */
export function progressOf(snapshot: Snapshot, name: string): Progress {
  const view = snapshot.resources.find((each) => each.name === name);
  if (!view) throw new Error(`no resource "${name}"`);
  if (hasArrived(snapshot, view)) return { state: 'done' };
  const culprit = givenUp(snapshot, view, new Set());
  return culprit ? { state: 'failed', culprit } : { state: 'pending' };
}

/** While a task of a service is pending, the service may still be replaced by another version. */
function hasArrived(snapshot: Snapshot, view: ResourceView): boolean {
  if (view.kind === 'task') return isDone(view);
  return hasStarted(view) && view.version === view.target && tasksOf(snapshot, view).every(isDone);
}

const isDone = ({ completed, target }: ResourceView): boolean => completed === target;

/** Follows dependencies and tasks of a resource to one that was given up. */
function givenUp(snapshot: Snapshot, view: ResourceView, seen: Set<string>): ResourceView | undefined {
  if (seen.has(view.name) || hasArrived(snapshot, view)) return undefined;
  seen.add(view.name);
  if (view.hold?.kind === 'gave-up') return view;
  const cause = snapshot.resources.filter(({ name }) => name === causeOf(view));
  for (const other of [...cause, ...tasksOf(snapshot, view)]) {
    const culprit = givenUp(snapshot, other, seen);
    if (culprit) return culprit;
  }
  return undefined;
}
