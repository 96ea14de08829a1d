import { cp, mkdir, readdir, rm, symlink, writeFile } from 'node:fs/promises';
import { existsSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { SYSTEM_FILE } from '../../model/system/find-root.js';
import { isWithin } from '../../model/system/is-within.js';
import { loadSystem } from '../../model/system/load-system.js';
import { readText } from '../../model/system/read-file.js';
import { isolate } from '../../running/dev/isolate.js';
import { copiedModel } from './copied-model.js';
import type { Service, System } from '../../model/system/system.js';

/** What a copy must not share with its original. */
const OWN = new Set(['.git', '.msx', SYSTEM_FILE]);

/**
 * A copy of a built system in a folder of its own, with ports, data and logs of its own, so that it can run beside the
 * original. Services are copied; what they only read, such as packages, is linked.
 */
export async function copySystem(system: System, folder: string): Promise<System> {
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { recursive: true });
  await linkShared(system, folder);
  for (const service of system.services) await copyService(system, service, folder);
  const text = readText(join(system.root, SYSTEM_FILE));
  await writeFile(join(folder, SYSTEM_FILE), copiedModel(text, system));
  return isolate(loadSystem(folder), { broker: 'embedded' });
}

/** Everything beside the services. A folder that has services in it is created, and the rest of it is linked. */
async function linkShared(system: System, folder: string, path = ''): Promise<void> {
  for (const { name } of await readdir(join(system.root, path), { withFileTypes: true })) {
    const own = join(path, name);
    const source = join(system.root, own);
    const isService = system.services.some((service) => service.folder === source);
    const isLogs = source === system.logFolder;
    if (isService || isLogs || (path === '' && OWN.has(name))) continue;
    if (system.services.some((service) => isWithin(source, service.folder))) {
      await mkdir(join(folder, own), { recursive: true });
      await linkShared(system, folder, own);
    } else await symlink(source, join(folder, own));
  }
}

/** Its packages are linked, and its data stays behind. */
async function copyService({ root }: System, service: Service, folder: string): Promise<void> {
  const target = join(folder, relative(root, service.folder));
  const packages = join(service.folder, 'node_modules');
  await mkdir(dirname(target), { recursive: true });
  await cp(service.folder, target, {
    recursive: true,
    preserveTimestamps: true,
    filter: (path) => path !== packages && !/\.db(-\w+)?$/.test(path),
  });
  if (existsSync(packages)) await symlink(packages, join(target, 'node_modules'));
}
