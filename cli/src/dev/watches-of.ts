import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join, sep } from 'node:path';
import { buildTask } from './specs-of.js';
import type { Watch } from '../engine/spec.js';
import type { Service, System } from '../system/system.js';

/** What must be built anew when a person edits below which folder. */
export function watchesOf(system: System, services: Service[]): Watch[] {
  const tasks = new Map<string, Set<string>>();
  const add = (folder: string, { name }: Service) => {
    const known = tasks.get(folder) ?? new Set();
    tasks.set(folder, known.add(buildTask(name)));
  };
  for (const service of services) {
    for (const folder of packagesBehind(system.root, service.folder)) add(join(folder, 'src'), service);
    add(system.protoFolder, service);
  }
  return [...tasks]
    .filter(([folder]) => existsSync(folder))
    .map(([folder, names]) => ({ folder, tasks: [...names] }));
}

/** A package and those of the same workspace that it depends on: npm links these, and installs all others. */
function packagesBehind(root: string, folder: string, seen = new Set<string>()): Set<string> {
  if (seen.has(folder)) return seen;
  seen.add(folder);
  for (const name of dependenciesOf(folder)) {
    const installed = join(root, 'node_modules', name);
    const real = existsSync(installed) ? realpathSync(installed) : installed;
    if (!real.split(sep).includes('node_modules')) packagesBehind(root, real, seen);
  }
  return seen;
}

function dependenciesOf(folder: string): string[] {
  const file = join(folder, 'package.json');
  if (!existsSync(file)) return [];
  return Object.keys(
    (JSON.parse(readFileSync(file, 'utf8')) as { dependencies?: object }).dependencies ?? {},
  );
}
