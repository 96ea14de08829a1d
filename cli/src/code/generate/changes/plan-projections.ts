import { systemProjections } from '../../../shipping/kubernetes/system-projections.js';
import { filesIn } from '../../../model/system/file-tree.js';
import { parseSystem } from '../../../model/system/load-system.js';
import { filesAfter } from './files-after.js';
import type { System } from '../../../model/system/system.js';
import type { Changes } from './changes.js';

/**
 * The projections of msx.yaml after the changes: files to write, and files to delete that it no longer projects, unless
 * the user has changed them. Throws CONFIG_INVALID when the changes would make msx.yaml invalid.
 */
export function projectionsAfter(system: System, changes: Changes): Changes {
  const now = filesIn(system.root);
  const files = filesAfter(changes, now);
  const after = systemAfter(system, changes);
  const projections = systemProjections(after, files);
  const wanted = new Set(projections.map(({ path }) => path));
  const gone = systemProjections(system, now).filter(
    ({ path, text }) => !wanted.has(path) && now.read(path) === text,
  );
  return new Map<string, string | null>([
    ...projections
      .filter(({ path, text }) => files.read(path) !== text)
      .map(({ path, text }) => [path, text] as const),
    ...gone.map(({ path }) => [path, null] as const),
  ]);
}

/** The files that projections are derived from: msx.yaml, the contracts, the errors and the READMEs of services. */
const PROJECTION_SOURCE = /^msx\.yaml$|\.proto$|\.errors\.ts$|\/README\.md$/;

/** The same; no changes when none of its inputs change. Throws CONFIG_INVALID. */
export const planProjections = (system: System, changes: Changes): Changes =>
  [...changes.keys()].some((path) => PROJECTION_SOURCE.test(path))
    ? projectionsAfter(system, changes)
    : new Map();

/** The system as described by msx.yaml after the changes. Throws CONFIG_INVALID. */
export function systemAfter({ root }: System, changes: Changes): System {
  const files = filesAfter(changes, filesIn(root));
  return parseSystem(files.read('msx.yaml')!, root, (path) => files.has(path));
}
