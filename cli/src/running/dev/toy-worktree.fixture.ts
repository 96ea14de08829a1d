import { realpathSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { gitIn } from '../../code/git/git.fixture.js';
import { parseSystem } from '../../model/system/load-system.js';
import { ToySystem } from './toy-system.fixture.js';

/** Git worktrees of a toy system: the same msx.yaml, with the same ports, in other folders. */
export function worktreesOf(toys: ToySystem, count: number): ToySystem[] {
  writeFileSync(join(toys.root, '.gitignore'), '.msx\nlogs\nnode_modules\nworktree-*\n');
  gitIn(toys.root, 'init', '-q');
  gitIn(toys.root, 'add', '.');
  gitIn(toys.root, 'commit', '-qm', 'all');
  return Array.from({ length: count }, (_, n) => {
    const folder = join(toys.root, `worktree-${n}`);
    gitIn(toys.root, 'worktree', 'add', '-q', folder);
    symlinkSync(realpathSync(join(toys.root, 'node_modules')), join(folder, 'node_modules'));
    const system = parseSystem(JSON.stringify(toys.model), folder, () => true);
    return Object.assign(new ToySystem(system, toys.engineFile, toys.model), { temporary: toys.temporary });
  });
}
