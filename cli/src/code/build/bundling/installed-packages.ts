import { createHash } from 'node:crypto';
import { existsSync, readFileSync, realpathSync } from 'node:fs';
import { join } from 'node:path';
import { readText } from '../../../model/system/read-file.js';

/** How native packages find the binary that belongs to the platform. */
const NATIVE_LOADERS = ['node-gyp-build', 'bindings', '@mapbox/node-pre-gyp', '@neon-rs/load'];

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

/** The folder of installed packages, as imports resolve to it. */
export function nodeModulesOf(root: string): string {
  const folder = join(root, 'node_modules');
  return existsSync(folder) ? realpathSync(folder) : folder;
}

/** The packages in a `node_modules`, by what npm notes there of those it has installed. */
export class InstalledPackages {
  readonly #packages: [path: string, Installed][];

  constructor(readonly folder: string) {
    const text = readText(join(folder, '.package-lock.json'));
    const { packages } = JSON.parse(text) as { packages: Record<string, Installed> };
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
