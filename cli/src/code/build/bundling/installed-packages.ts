import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { readText } from '../../../model/system/read-file.js';

/** How native packages find the binary that belongs to the platform. */
const NATIVE_LOADERS = ['node-gyp-build', 'bindings', '@mapbox/node-pre-gyp', '@neon-rs/load'];

/** What npm writes about all packages that it has installed in a folder. */
const NPM_LIST = '.package-lock.json';

/** What npm notes of an installed package. */
interface Installed {
  version?: string;
  integrity?: string;
  link?: boolean;
  gypfile?: boolean;
  dependencies?: Record<string, string>;
  optionalDependencies?: Record<string, string>;
  peerDependenciesMeta?: Record<string, { optional?: boolean }>;
}

/**
 * The folder of installed packages that imports of a system resolve to: its own, or that of a workspace around it.
 * Without one it is where it would be.
 */
export function nodeModulesOf(root: string): string {
  for (let folder = root; ; folder = dirname(folder)) {
    const nodeModules = join(folder, 'node_modules');
    if (existsSync(join(nodeModules, NPM_LIST))) return realpathSync(nodeModules);
    if (folder === dirname(folder)) return join(root, 'node_modules');
  }
}

/** The packages in a `node_modules`, by what npm notes there of those it has installed. */
export class InstalledPackages {
  readonly #packages: [path: string, Installed][];

  constructor(readonly folder: string) {
    const list = join(folder, NPM_LIST);
    if (!existsSync(list)) throw new Error(`there is no ${list}, by which npm says what it has installed`);
    const { packages } = JSON.parse(readText(list)) as { packages: Record<string, Installed> };
    this.#packages = Object.entries(packages).filter(
      ([path, { link }]) => !link && path.includes('node_modules/'),
    );
  }

  /** Equal for the same versions, in whatever folder they are. */
  get digest(): string {
    const named = this.#packages.map(([path, { version, integrity }]) => [path, version, integrity]);
    return createHash('sha256').update(JSON.stringify(named)).digest('hex').slice(0, 16);
  }

  /** Equal for the same content of files, given by their paths in the folder. */
  contentOf(files: readonly string[]): string {
    const hash = createHash('sha256');
    for (const file of files) hash.update(readIfAny(join(this.folder, file))).update('\0');
    return hash.digest('hex').slice(0, 16);
  }

  /** Packages with a native part, which looks for its binary beside it. */
  get natives(): string[] {
    return this.#packages.filter(([, installed]) => isNative(installed)).map(([path]) => nameOf(path));
  }

  /** Packages that others would use, but are not installed: who loads them deals with that. */
  get missing(): string[] {
    const present = new Set(this.#packages.map(([path]) => nameOf(path)));
    const optional = this.#packages.flatMap(
      ([, { peerDependenciesMeta = {}, optionalDependencies = {} }]) => [
        ...Object.keys(peerDependenciesMeta),
        ...Object.keys(optionalDependencies),
      ],
    );
    return [...new Set(optional)].filter((name) => !present.has(name));
  }
}

function readIfAny(file: string): Buffer | string {
  try {
    return readFileSync(file);
  } catch {
    return '';
  }
}

const nameOf = (path: string): string =>
  path.slice(path.lastIndexOf('node_modules/') + 'node_modules/'.length);

function isNative({ gypfile, dependencies = {}, optionalDependencies = {} }: Installed): boolean {
  if (gypfile || NATIVE_LOADERS.some((loader) => loader in dependencies)) return true;
  const platform = `${process.platform}-${process.arch}`;
  return Object.keys(optionalDependencies).some((name) => name.includes(platform));
}
