import { existsSync, mkdirSync, realpathSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { build } from 'esbuild';
import { replaceFile } from '../../../model/files/replace-file.js';
import { readText } from '../../../model/system/read-file.js';
import { bundleFile } from './bundle-file.js';
import { ownCodeOptions } from './bundle-options.js';
import { PACKAGES, facadeFile, facadeFolder, tableOf } from './facades.js';
import { usesLocation } from './file-location.js';
import { loadLocated } from './own-code-plugin.js';
import { writeFailures } from './missing-packages.js';
import { importingPackage, isStillFound } from './own-imports.js';
import type { OutputFile, Plugin } from 'esbuild';
import type { OwnCode } from './own-code-plugin.js';
import type { OwnImports } from './own-imports.js';

/** A bundle of own code, which is not written yet. */
export interface Bundled {
  used: string[];
  imports?: OwnImports;
  outputFiles: OutputFile[];
}

/**
 * Bundles own code whose imports mean what they meant for the previous bundle. The bundler is told that in advance: each
 * question that it asks this process takes longer than reading a file. Undefined if own code imports anything else.
 */
export async function bundleAsBefore(
  folder: string,
  own: OwnCode,
  imports: OwnImports,
): Promise<Bundled | undefined> {
  const facades = facadesOf(own, imports);
  if (!facades || !isStillFound(imports, folder)) return undefined;
  const table = join(dirname(bundleFile(folder)), 'packages.mjs');
  mkdirSync(dirname(table), { recursive: true });
  replaceFile(table, tableOf(own.packages.folder, own.nodeModules));
  const failures = writeFailures(dirname(table), imports.failing);
  const result = await build({
    ...ownCodeOptions(folder),
    alias: { ...facades, ...failures, [PACKAGES]: table },
    external: imports.missing,
    plugins: imports.located.length > 0 ? [locatedPlugin(imports.located)] : [],
  }).catch(() => undefined);
  if (!result) return undefined;
  const files = Object.keys(result.metafile.inputs).map((path) => join(folder, path));
  const used = usedIn(files, own);
  const stands = new Set([table, ...Object.values(failures)]);
  const others = files.filter((file) => !stands.has(file) && !used.has(file));
  if (others.some((file) => isNew(file, imports))) return undefined;
  return { used: [...used.values()], imports, outputFiles: result.outputFiles };
}

/** The facades by what own code calls them; undefined if a module is not in the bundle of packages. */
function facadesOf({ packages }: OwnCode, { modules }: OwnImports): Record<string, string> | undefined {
  const indices = new Map(Object.keys(packages.modules).map((file, n) => [file, n]));
  const found = Object.entries(modules).map(([specifier, file]) => [specifier, indices.get(file)] as const);
  if (found.some(([, index]) => index === undefined)) return undefined;
  return Object.fromEntries(
    found.map(([specifier, index]) => [specifier, facadeFile(packages.folder, index!)]),
  );
}

/** The modules of packages whose facades are among the files of a bundle, by the paths of these. */
function usedIn(files: readonly string[], { packages }: OwnCode): Map<string, string> {
  if (!packages.folder) return new Map();
  const folder = realpathSync(facadeFolder(packages.folder));
  const modules = Object.keys(packages.modules).map((file, n) => [join(folder, `${n}.js`), file] as const);
  const present = new Set(files);
  return new Map(modules.filter(([path]) => present.has(path)));
}

/** A file of a package without a facade, one that may find other packages, or one that did not use its location before. */
function isNew(file: string, { importers, located }: OwnImports): boolean {
  if (file.includes('/node_modules/') || !importers.includes(importingPackage(dirname(file)))) return true;
  return existsSync(file) && !located.includes(file) && usesLocation(readText(file));
}

const locatedPlugin = (located: readonly string[]): Plugin => ({
  name: 'located',
  setup(build) {
    const paths = located.map((path) => path.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
    build.onLoad({ filter: new RegExp(`^(?:${paths.join('|')})$`) }, ({ path }) => loadLocated(path));
  },
});
