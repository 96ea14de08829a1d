import { projectionsOf, staleProjections } from '../../docker/projections.js';
import { loadSystem } from '../../system/load-system.js';
import { withOverlay } from './overlay.js';
import type { System } from '../../system/system.js';
import type { Changes } from './changes.js';
import type { Ground } from './plan-slice.js';

/**
 * What msx.yaml projects once the changes are made: files to write, and those to take away that it projects no
 * longer, unless a person has made them something else. Throws CONFIG_INVALID when the changes would make it so.
 */
export function planProjections(system: System, changes: Changes, { read }: Pick<Ground, 'read'>): Changes {
  if (!changes.has('msx.yaml')) return new Map();
  const before = projectionsOf(system);
  return withOverlay(system.root, changes, (folder) => {
    const after = loadSystem(folder);
    const wanted = new Set(projectionsOf(after).map(({ path }) => path));
    const gone = before.filter(({ path, text }) => !wanted.has(path) && read(path) === text);
    return new Map<string, string | null>([
      ...staleProjections(after).map(({ path, text }) => [path, text] as const),
      ...gone.map(({ path }) => [path, null] as const),
    ]);
  });
}
