import { existsSync, readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { cwdOf, isMarked } from '../../processes/process-table.js';

/** A running system: its name in msx.yaml, and its folder. */
export interface RunningSystem {
  name: string;
  folder: string;
}

/** The top-level key `name`, in YAML or JSON. */
const NAME = /^\{?\s*["']?name["']?:\s*["']?([a-z][a-z0-9-]*)/m;
const MODEL = 'msx.yaml';

/** The system whose engine runs a process; undefined for other processes, and for those of other users. */
export function systemOf(pid: number): RunningSystem | undefined {
  if (!isMarked(pid, 'MSX_RUN_TOKEN=')) return undefined;
  for (let folder = cwdOf(pid); folder; folder = folder === dirname(folder) ? undefined : dirname(folder))
    if (existsSync(join(folder, MODEL))) return { name: nameOf(folder), folder };
  return undefined;
}

/** The name of the system in a folder, without the 40 ms that loading it takes. */
export function nameOf(folder: string): string {
  try {
    return NAME.exec(readFileSync(join(folder, MODEL), 'utf8'))?.[1] ?? 'a system';
  } catch {
    return 'a system';
  }
}
