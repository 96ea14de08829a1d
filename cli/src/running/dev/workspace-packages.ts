import { existsSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { readJson } from '../../model/system/read-file.js';

/** The dependencies of a package of the workspace. */
export interface WorkspacePackages {
  /** The package itself, and those of the same workspace that it depends on. */
  folders: string[];
  /** Installed packages that any of these depends on: edits do not change them. */
  installed: string[];
}

/** Relies on npm linking the packages of the workspace into node_modules, and installing all others there. */
export function workspacePackages(root: string, folder: string): WorkspacePackages {
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
