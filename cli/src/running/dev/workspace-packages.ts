import { existsSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { readJson } from '../../model/system/read-file.js';

/**
 * The folders of a package and of those of the same workspace that it depends on. Relies on npm linking these into
 * node_modules, and installing all others there.
 */
export function workspacePackages(root: string, folder: string): string[] {
  const folders = new Set([folder]);
  for (const each of folders)
    for (const name of dependenciesOf(each)) {
      const path = join(root, 'node_modules', name);
      const real = existsSync(path) ? realpathSync(path) : path;
      if (!real.split(sep).includes('node_modules')) folders.add(real);
    }
  return [...folders];
}

function dependenciesOf(folder: string): string[] {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return [];
  return Object.keys(readJson<{ dependencies?: object }>(file).dependencies ?? {});
}
