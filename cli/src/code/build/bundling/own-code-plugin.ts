import { isBuiltin } from 'node:module';
import { dirname, relative } from 'node:path';
import { pathToFileURL } from 'node:url';
import { readText } from '../../../model/system/read-file.js';
import { PACKAGES, facadeFile, tableOf } from './facades.js';
import { withFileLocation } from './file-location.js';
import { failureOf } from './missing-packages.js';
import { importingPackage } from './own-imports.js';
import type { OnLoadResult, OnResolveArgs, OnResolveResult, Plugin, PluginBuild } from 'esbuild';
import type { ImportLog } from './own-imports.js';
import type { PackageBundle } from './bundle-manifest.js';

const NAMESPACE = 'package';
/** Packages that are not installed. */
const MISSING = 'missing';

export interface OwnCode {
  packages: PackageBundle;
  nodeModules: string;
}

/** Lets own files keep their location in a bundle. */
export function loadLocated(path: string): OnLoadResult | undefined {
  const text = readText(path);
  const contents = withFileLocation(text, placeOf(path));
  return contents === text ? undefined : { contents };
}

const placeOf = (filename: string): string =>
  JSON.stringify({ filename, dirname: dirname(filename), url: pathToFileURL(filename).href });

/** Puts the facades of bundled packages in place of packages, and notes what each import was resolved to. */
export const resolvingPlugin = ({ packages, nodeModules }: OwnCode, log: ImportLog): Plugin => ({
  name: 'resolve-imports',
  setup(build) {
    const indices = new Map(Object.keys(packages.modules).map((file, n) => [file, n]));
    const facade = (file: string): OnResolveResult =>
      indices.has(file)
        ? { path: facadeFile(packages.folder, indices.get(file)!) }
        : { path: file, namespace: NAMESPACE };
    build.onResolve({ filter: /^[^./]/ }, bareResolver(build, { nodeModules, log, facade }));
    build.onLoad({ filter: /.*/, namespace: NAMESPACE }, ({ path }) => ({
      contents: path === PACKAGES ? tableOf(packages.folder, nodeModules) : '',
      resolveDir: '/',
    }));
    build.onLoad({ filter: /.*/, namespace: MISSING }, ({ path }) => ({ contents: failureOf(path) }));
    build.onLoad({ filter: /\.[cm]?js$/ }, ({ path }) => {
      const loaded = loadLocated(path);
      log.addFile(path, loaded !== undefined);
      return loaded;
    });
  },
});

interface Resolving {
  nodeModules: string;
  log: ImportLog;
  facade: (file: string) => OnResolveResult;
}

type Resolution = Promise<OnResolveResult | undefined>;

/** Resolves what is not a path: once for each package of the workspace, whose files find the same. */
function bareResolver(build: PluginBuild, resolving: Resolving): (args: OnResolveArgs) => Resolution {
  const found = new Map<string, Resolution>();
  return (args) => {
    const { path, kind, resolveDir, pluginData } = args;
    const key = [path, kind, pluginData, importingPackage(resolveDir)].join(' ');
    if (!found.has(key)) found.set(key, resolveBare(build, resolving, args));
    return found.get(key)!;
  };
}

/** Own code goes into the bundle; packages and built-in modules stay outside. */
async function resolveBare(
  build: PluginBuild,
  { nodeModules, log, facade }: Resolving,
  { path, kind, importer, resolveDir, pluginData }: OnResolveArgs,
): Resolution {
  if (path === PACKAGES) return { path, namespace: NAMESPACE };
  if (pluginData === 'resolving' || isBuiltin(path)) return undefined;
  const resolved = await build.resolve(path, { kind, importer, resolveDir, pluginData: 'resolving' });
  const from = importingPackage(resolveDir);
  if (resolved.errors.length > 0) {
    log.addMissing(path, from, kind);
    return kind === 'import-statement' ? { path, namespace: MISSING } : { path, external: true };
  }
  if (!resolved.path.includes('/node_modules/')) {
    log.addOwn(path, resolved.path);
    return undefined;
  }
  const file = relative(nodeModules, resolved.path);
  log.addPackage(path, file, from);
  return facade(file);
}
