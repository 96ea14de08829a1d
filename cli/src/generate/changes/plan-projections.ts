import { systemProjections } from '../../kubernetes/system-projections.js';
import { filesIn } from '../../system/file-tree.js';
import { parseSystem } from '../../system/load-system.js';
import { filesAfter } from './files-after.js';
import type { System } from '../../system/system.js';
import type { Changes } from './changes.js';

/**
 * What msx.yaml projects once the changes are made: files to write, and those to take away that it projects no
 * longer, unless a person has made them something else. Throws CONFIG_INVALID when the changes would make it so.
 */
export function projectionsAfter(system: System, changes: Changes): Changes {
  const now = filesIn(system.root);
  const files = filesAfter(changes, now);
  const after = parseSystem(files.read('msx.yaml')!, system.root, (path) => files.has(path));
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

/** The same, unless msx.yaml stays as it is. Throws CONFIG_INVALID. */
export const planProjections = (system: System, changes: Changes): Changes =>
  changes.has('msx.yaml') ? projectionsAfter(system, changes) : new Map();
