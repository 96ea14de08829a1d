import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { Script, constants } from 'node:vm';

/** Evaluates a module of the bundle when it is first called. */
export type LoadModule = () => Record<string, unknown>;

/** The file with V8's compiled code: of functions that have run once, as when modules are evaluated. */
export const CODE_CACHE = 'packages.cache';
/** The parameters of the function in a bundle: those of a CommonJS module, and `__at`, for the place of a file. */
export const PARAMETERS = ['exports', 'require', 'module', '__at'];

/** Compiles a bundle of packages, with the code compiled before if that is from the same V8. */
export function compilePackages(folder: string): Script {
  const filename = join(folder, 'packages.cjs');
  return new Script(readFileSync(filename, 'latin1'), {
    filename,
    cachedData: readIfAny(join(folder, CODE_CACHE)),
    importModuleDynamically: constants.USE_MAIN_CONTEXT_DEFAULT_LOADER,
  });
}

/** The modules of a bundle, in the order of its manifest; those that are not in it are loaded from `nodeModules`. */
export function modulesOf(script: Script, nodeModules: string): LoadModule[] {
  const module = { exports: [] as LoadModule[] };
  const wrapper = script.runInThisContext() as (...args: unknown[]) => void;
  const require = createRequire(join(nodeModules, 'packages.cjs'));
  wrapper(module.exports, require, module, placeIn(nodeModules));
  return module.exports;
}

export const loadPackages = (folder: string, nodeModules: string): LoadModule[] =>
  modulesOf(compilePackages(folder), nodeModules);

const placeIn = (nodeModules: string) => (path: string) => {
  const filename = join(nodeModules, path);
  return { filename, dirname: dirname(filename), url: pathToFileURL(filename).href };
};

function readIfAny(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch {
    return undefined;
  }
}
