import { existsSync } from 'node:fs';
import { dirname, isAbsolute, join } from 'node:path';
import type { ImportKind } from 'esbuild';

/** How the imports of own code were resolved, so that the next bundle of it need not resolve them again. */
export interface OwnImports {
  /** The folder of the service: one that was copied may find others. */
  folder: string;
  /** The files of packages, relative to `node_modules`, by what own code calls them. */
  modules: Record<string, string>;
  /** What was not found: by statements, which fail, and by calls, which are left as they are. */
  failing: string[];
  missing: string[];
  /** The packages that import them. */
  importers: string[];
  /** Folders of packages that do not exist, and would be found first. */
  absent: string[];
  /** The own files that use their location. */
  located: string[];
}

/** In the place of a file that was not found. */
const FAILING = '?import';
const MISSING = '?';

const isOfPackage = (file: string): boolean => !file.startsWith('?') && !isAbsolute(file);

/** Whether a service would still find what it found, provided that the files that it found are the same. */
export const isStillFound = (imports: OwnImports, service: string): boolean =>
  imports.folder === service && !imports.absent.some((folder) => existsSync(folder));

/** The package of a file in this folder: no packages are installed in folders of compiled files. */
export const importingPackage = (folder: string): string => folder.replace(/\/dist(\/.*)?$/, '');

/** Collects what is resolved for one bundle. */
export class ImportLog {
  readonly #found = new Map<string, Set<string>>();
  readonly #absent = new Set<string>();
  readonly #importers = new Set<string>();
  readonly #located = new Set<string>();

  /** `folder`: that of the service. */
  constructor(private readonly folder: string) {}

  /** `from`: the importing package. */
  addMissing(specifier: string, from: string, kind: ImportKind): void {
    this.addPackage(specifier, kind === 'import-statement' ? FAILING : MISSING, from);
  }

  /** `file`: relative to `node_modules`. */
  addPackage(specifier: string, file: string, from: string): void {
    this.#add(specifier, file);
    for (const folder of foldersBefore(nameIn(specifier), from)) this.#absent.add(folder);
  }

  /** `path`: absolute. */
  addOwn(specifier: string, path: string): void {
    this.#add(specifier, path);
  }

  /** `isLocated`: whether a file of own code uses its location. */
  addFile(path: string, isLocated: boolean): void {
    this.#importers.add(importingPackage(dirname(path)));
    if (isLocated) this.#located.add(path);
  }

  /** The files of packages. */
  get used(): string[] {
    const files = [...this.#found.values()].flatMap((each) => [...each]);
    return [...new Set(files.filter(isOfPackage))];
  }

  /** Undefined if two importers mean different files by the same specifier. */
  get imports(): OwnImports | undefined {
    const all = [...this.#found].map(([specifier, files]) => ({ specifier, files: [...files] }));
    if (all.some(({ files }) => files.length > 1)) return undefined;
    const found = all.map(({ specifier, files }) => [specifier, files[0]!] as const);
    return {
      folder: this.folder,
      modules: Object.fromEntries(found.filter(([, file]) => isOfPackage(file))),
      failing: found.flatMap(([specifier, file]) => (file === FAILING ? [specifier] : [])),
      missing: found.flatMap(([specifier, file]) => (file === MISSING ? [specifier] : [])),
      importers: [...this.#importers],
      absent: [...this.#absent],
      located: [...this.#located],
    };
  }

  #add(specifier: string, file: string): void {
    this.#found.set(specifier, (this.#found.get(specifier) ?? new Set()).add(file));
  }
}

/** The name of the package in `@scope/name/file` or `name/file`. */
const nameIn = (specifier: string): string => /^(?:@[^/]+\/)?[^/]+/.exec(specifier)?.[0] ?? specifier;

/** Where Node looks for a package before the folder in which it is. */
function foldersBefore(name: string, from: string): string[] {
  const folder = join(from, 'node_modules', name);
  if (existsSync(folder)) return [];
  return from === dirname(from) ? [folder] : [folder, ...foldersBefore(name, dirname(from))];
}
