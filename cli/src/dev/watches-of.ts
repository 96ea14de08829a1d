import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { buildTask } from './build-task.js';
import { foundationsOf } from './workspace.js';
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
    for (const folder of foundationsOf(system.root, service.folder).folders)
      add(join(folder, 'src'), service);
    add(system.protoFolder, service);
  }
  return [...tasks]
    .filter(([folder]) => existsSync(folder))
    .map(([folder, names]) => ({ folder, tasks: [...names] }));
}
