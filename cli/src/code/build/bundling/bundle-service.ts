import { mkdirSync } from 'node:fs';
import { isBuiltin } from 'node:module';
import { dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { build } from 'esbuild';
import { replaceFile } from '../../../model/files/replace-file.js';
import { readText } from '../../../model/system/read-file.js';
import { loadPackagesFile } from '../../../installation.js';
import { AS_IN_NODE } from './bundle-options.js';
import { bundleFile } from './bundle-file.js';
import { withFileLocation } from './file-location.js';
import type { OnResolveArgs, OnResolveResult, OutputFile, Plugin, PluginBuild } from 'esbuild';
import type { PackageBundle, PackageModule } from './bundle-manifest.js';

const NAMESPACE = 'package';
/** In the bundle of a service: the bundle of its packages. */
const PACKAGES = 'msx:packages';

/** The files of packages that a service imports, and whether its bundle was written. */
interface Bundling {
  used: string[];
  written: boolean;
}

/**
 * Bundles what the compiler wrote for a service and for the workspace packages it imports, with source maps. If it
 * imports modules that the bundle of packages has not, nothing is written.
 */
export async function bundleService(
  folder: string,
  packages: PackageBundle,
  nodeModules: string,
): Promise<Bundling> {
  const used = new Set<string>();
  const { outputFiles } = await build({
    entryPoints: [join(folder, 'dist/main.js')],
    outfile: bundleFile(folder),
    absWorkingDir: folder,
    ...AS_IN_NODE,
    write: false,
    format: 'esm',
    sourcemap: 'linked',
    sourcesContent: false,
    plugins: [ownCode({ used, packages, nodeModules })],
  });
  const written = [...used].every((file) => packages.modules[file]);
  if (written) writeAll(outputFiles);
  return { used: [...used], written };
}

interface Imports {
  /** Filled with the modules that are imported. */
  used: Set<string>;
  packages: PackageBundle;
  nodeModules: string;
}

const ownCode = ({ used, packages, nodeModules }: Imports): Plugin => ({
  name: 'own-code',
  setup(build) {
    const indices = Object.fromEntries(Object.keys(packages.modules).map((file, n) => [file, n]));
    build.onResolve({ filter: /^[^./]/ }, bareResolver(build));
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => {
      if (path === PACKAGES) return { contents: tableOf(packages.folder, nodeModules), resolveDir: '/' };
      const file = relative(nodeModules, path);
      used.add(file);
      const module = packages.modules[file];
      return { contents: module ? facadeOf(indices[file]!, module) : '' };
    });
    build.onLoad({ filter: /\.[cm]?js$/ }, ({ path }) => {
      const text = readText(path);
      const contents = withFileLocation(text, placeOf(path));
      return contents === text ? undefined : { contents };
    });
  },
});

type Resolution = Promise<OnResolveResult | undefined>;

/** Resolves what is not a path: once for each package of the workspace, whose files find the same. */
function bareResolver(build: PluginBuild): (args: OnResolveArgs) => Resolution {
  const found = new Map<string, Resolution>();
  return (args) => {
    const { path, kind, resolveDir, pluginData } = args;
    const key = [path, kind, pluginData, resolveDir.replace(/\/dist(\/.*)?$/, '')].join(' ');
    if (!found.has(key)) found.set(key, resolveBare(build, args));
    return found.get(key)!;
  };
}

/** Own code goes into the bundle; packages and built-in modules stay outside. */
async function resolveBare(
  build: PluginBuild,
  { path, kind, importer, resolveDir, pluginData }: OnResolveArgs,
): Resolution {
  if (path === PACKAGES) return { path, namespace: NAMESPACE };
  if (pluginData === 'resolving' || isBuiltin(path)) return undefined;
  const resolved = await build.resolve(path, { kind, importer, resolveDir, pluginData: 'resolving' });
  if (resolved.errors.length > 0) return { path, external: true };
  return resolved.path.includes('/node_modules/') ? { path: resolved.path, namespace: NAMESPACE } : undefined;
}

const placeOf = (filename: string): string =>
  JSON.stringify({ filename, dirname: dirname(filename), url: pathToFileURL(filename).href });

const tableOf = (folder: string, nodeModules: string): string => `
import { loadPackages } from ${JSON.stringify(loadPackagesFile)};
export const packages = loadPackages(${JSON.stringify(folder)}, ${JSON.stringify(nodeModules)});
export const exported = (module, name) => module[name];`;

/** A module that exports what a module of the bundled packages does. Exports that nothing imports are left out. */
function facadeOf(index: number, { format, names }: PackageModule): string {
  const byName = (name: string) => `/* @__PURE__ */ exported(module, ${JSON.stringify(name)})`;
  return [
    `import { exported, packages } from '${PACKAGES}';`,
    `const module = packages[${index}]();`,
    `export default ${format === 'esm' ? byName('default') : 'module'};`,
    ...names.map((name, n) => `const value${n} = ${byName(name)}; export { value${n} as ${name} };`),
  ].join('\n');
}

/** The source map first: a program that is started meanwhile finds it. */
function writeAll(files: readonly OutputFile[]): void {
  mkdirSync(dirname(files[0]!.path), { recursive: true });
  for (const { path, text } of files.toSorted(
    (a, b) => Number(b.path.endsWith('.map')) - Number(a.path.endsWith('.map')),
  ))
    replaceFile(path, text);
}
