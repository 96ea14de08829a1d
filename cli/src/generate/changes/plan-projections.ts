import { systemProjections } from '../../kubernetes/system-projections.js';
import { loadSystem } from '../../system/load-system.js';
import { staleAmong } from '../../system/projection.js';
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
  const before = systemProjections(system);
  return withOverlay(system.root, changes, (folder) => {
    const after = loadSystem(folder);
    const projections = systemProjections(after);
    const wanted = new Set(projections.map(({ path }) => path));
    const gone = before.filter(({ path, text }) => !wanted.has(path) && read(path) === text);
    return new Map<string, string | null>([
      ...staleAmong(projections, after.root).map(({ path, text }) => [path, text] as const),
      ...gone.map(({ path }) => [path, null] as const),
    ]);
  });
}
