import { causeOf } from './explain.js';
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
  if (isThere(view)) return { state: 'done' };
  const culprit = givenUp(snapshot, view, new Set());
  return culprit ? { state: 'failed', culprit } : { state: 'pending' };
}

function isThere({ kind, phase, version, target, completed }: ResourceView): boolean {
  if (kind === 'task') return completed === target;
  return hasStarted({ phase }) && version === target;
}

/** Follows what the resource waits for, and the tasks it is made by, to one that was given up. */
function givenUp({ resources }: Snapshot, view: ResourceView, seen: Set<string>): ResourceView | undefined {
  if (seen.has(view.name) || isThere(view)) return undefined;
  seen.add(view.name);
  if (view.hold?.kind === 'gave-up') return view;
  const made = view.needs.filter(({ until }) => until === 'completed').map(({ on }) => on);
  for (const name of [causeOf(view), ...made]) {
    const other = resources.find((each) => each.name === name);
    const culprit = other && givenUp({ resources } as Snapshot, other, seen);
    if (culprit) return culprit;
  }
  return undefined;
}
