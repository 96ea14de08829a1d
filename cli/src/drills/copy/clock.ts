import { rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Service } from '../../model/system/system.js';

/** In the folder that a process runs in: by how many milliseconds its clock is off. */
const FILE = '.clock-offset';

/** Loaded first in every process of a copy. `new Date()`, `Date()` and `Date.now()` are off; timers are not. */
const MODULE = `
import { existsSync, readFileSync } from 'node:fs';
const offset = existsSync('${FILE}') ? Number(readFileSync('${FILE}', 'utf8')) : 0;
if (offset !== 0) {
  const now = () => Reflect.apply(Clock.now, Clock, []) + offset;
  const Clock = Date;
  globalThis.Date = new Proxy(Clock, {
    construct: (target, args, own) => Reflect.construct(target, args.length > 0 ? args : [now()], own),
    apply: () => new Clock(now()).toString(),
    get: (target, name) => (name === 'now' ? now : Reflect.get(target, name)),
  });
}`;

/** The option of Node that loads it; without spaces, which separate options in NODE_OPTIONS. */
export const CLOCK_OPTION = `--import=data:text/javascript,${encodeURIComponent(MODULE)}`;

/** Sets the clock that the next process of a service has. */
export async function setClock({ folder }: Service, offsetMs: number): Promise<void> {
  const file = join(folder, FILE);
  await (offsetMs === 0 ? rm(file, { force: true }) : writeFile(file, String(offsetMs)));
}
