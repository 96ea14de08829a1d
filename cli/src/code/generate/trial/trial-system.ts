import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { dirname, join, relative } from 'node:path';
import type { System } from '../../../model/system/system.js';
import type { Changes } from '../changes/changes.js';

/** Build outputs and data. */
const NOT_SOURCES = /(^|\/)(node_modules|dist|coverage)(\/|$)|\.db(-\w+)?$/;

export interface Trial {
  readonly changes: Changes;
  /** The folders of the services to compile, relative to the root. */
  readonly compiled: readonly string[];
}

/**
 * Creates a temporary copy of a system's sources with the changes applied, while `use` runs. Services that are not
 * compiled and installed packages are linked to those of the system.
 */
export async function withTrial<T>(
  system: System,
  { changes, compiled }: Trial,
  use: (root: string) => Promise<T>,
): Promise<T> {
  mkdirSync(join(system.root, '.msx'), { recursive: true });
  const trial = mkdtempSync(join(system.root, '.msx/trial-'));
  try {
    copySources(system, compiled, trial);
    for (const [path, content] of changes) put(join(trial, path), content);
    return await use(trial);
  } finally {
    rmSync(trial, { recursive: true, force: true });
  }
}

function copySources(
  { root, services, protoFolder }: System,
  compiled: readonly string[],
  trial: string,
): void {
  const copy = (path: string) => {
    const filter = (file: string) => !NOT_SOURCES.test(relative(root, file));
    if (existsSync(join(root, path)))
      cpSync(join(root, path), join(trial, path), { recursive: true, filter });
  };
  for (const name of readdirSync(root).filter((each) => /\.(json|ya?ml)$/.test(each)))
    if (statSync(join(root, name), { throwIfNoEntry: false })?.isFile()) copy(name);
  copy(relative(root, protoFolder));
  link(root, trial, 'node_modules');
  for (const { path } of services)
    if (compiled.includes(path)) {
      copy(path);
      link(root, trial, `${path}/node_modules`);
    } else link(root, trial, path);
}

function link(root: string, trial: string, path: string): void {
  if (!existsSync(join(root, path))) return;
  mkdirSync(dirname(join(trial, path)), { recursive: true });
  symlinkSync(join(root, path), join(trial, path));
}

function put(file: string, content: string | Buffer | null): void {
  if (content === null) return rmSync(file, { force: true });
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(file, content);
}
