import { createRequire } from 'node:module';
import { sep } from 'node:path';
import { compileFunction } from 'node:vm';
import { jestPackage } from '../../cli/jest/jest-package.js';
import { isShared, requireShared, sharedModule } from './shared-packages.mjs';

const { default: Runtime } = jestPackage('jest-runner', 'jest-runtime');

/** Holds the state of one suite. */
const RUNNER = `${sep}jest-circus${sep}`;

/**
 * Loads packages once for all suites of a worker, as Node does, and the sources of this repository for each suite, as
 * Jest does. Most of the time of a short suite went into loading NestJS, TypeORM, or the TypeScript compiler for it.
 * Goes with OneRealmEnvironment; in any other environment this is Jest's own runtime.
 */
export default class OneRealmRuntime extends Runtime {
  #isOneRealm;

  constructor(config, environment, ...rest) {
    super(config, environment, ...rest);
    this.#isOneRealm = environment.global === globalThis;
    if (!this.#isOneRealm) return;
    loadPackagesOnce(this.esmLoader);
    // With newer versions of Node, Jest would otherwise walk the imports by itself.
    this._resolution.hasDistinctAsyncResolver = () => true;
    this.esmLoader.getContext = () => undefined;
    this.executor.compile = (source, file) => compile(this.executor, source, file);
  }

  requireModule(from, name, ...rest) {
    const isOfSuite = name && !rest[0]?.isInternalModule && !this._resolution.isCoreModule(name);
    if (!this.#isOneRealm || !isOfSuite) return super.requireModule(from, name, ...rest);
    const path = this._resolution.resolveCjs(from, name);
    return isShared(path) ? requireShared(path) : super.requireModule(from, name, ...rest);
  }

  /** Jest's own modules, `expect` above all. */
  requireInternalModule(from, name) {
    const isOfRunner = !name || (from.includes(RUNNER) && name.startsWith('.'));
    if (!this.#isOneRealm || isOfRunner) return super.requireInternalModule(from, name);
    return createRequire(from)(name);
  }
}

function loadPackagesOnce(loader) {
  const { loadEsmModule, loadCjsAsEsm } = loader;
  loader.loadEsmModule = (path, suffix = '') =>
    isShared(path) && !suffix ? sharedModule(path) : loadEsmModule.call(loader, path, suffix);
  loader.loadCjsAsEsm = (from, path, ...rest) =>
    isShared(path) ? sharedModule(path) : loadCjsAsEsm.call(loader, from, path, ...rest);
}

/** As Jest does, without its context. */
function compile({ injectedModuleParameters, dynamicImport }, source, filename) {
  return compileFunction(source, injectedModuleParameters, {
    filename,
    importModuleDynamically: (specifier, _function, attributes) =>
      dynamicImport(specifier, filename, undefined, attributes),
  });
}
