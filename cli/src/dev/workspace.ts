import { existsSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { readJson } from '../system/read-file.js';

/** What a package of the workspace stands on. */
export interface Foundations {
  /** It, and those packages of the same workspace that it depends on. */
  folders: string[];
  /** What all of these depend on that is installed from elsewhere: no edit changes it. */
  installed: string[];
}

/** npm links the packages of the workspace into node_modules, and installs all others there. */
export function foundationsOf(root: string, folder: string): Foundations {
  const folders = new Set([folder]);
  const installed = new Set<string>();
  for (const each of folders)
    for (const name of dependenciesOf(each)) {
      const path = join(root, 'node_modules', name);
      const real = existsSync(path) ? realpathSync(path) : path;
      if (real.split(sep).includes('node_modules')) installed.add(name);
      else folders.add(real);
    }
  return { folders: [...folders], installed: [...installed] };
}

function dependenciesOf(folder: string): string[] {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return [];
  return Object.keys(readJson<{ dependencies?: object }>(file).dependencies ?? {});
}
