import { createRequire } from 'node:module';
import { join, sep } from 'node:path';
import { pathToFileURL } from 'node:url';
import { SyntheticModule } from 'node:vm';

const root = join(import.meta.dirname, '../..');
const PACKAGES = `${sep}node_modules${sep}`;
/** Suites change them: by what their decorators say, or with the patches of the runtime. Each loads its own. */
const CHANGED = ['@nestjs/apollo', '@nestjs/graphql', 'kafkajs'].map((name) => PACKAGES + join(name, sep));
const modules = new Map();

/** Globals that packages made as they were loaded, and expect to find later. */
export const packageGlobals = new Set();

/** Whether the file belongs to a package that all suites of a worker share: not what builds and tests write there themselves. */
export function isShared(path) {
  if (!path.startsWith(root) || !path.includes(PACKAGES) || path.includes(`${PACKAGES}.`)) return false;
  return !path.endsWith('.json') && !CHANGED.some((folder) => path.includes(folder));
}

/** For `import` in a suite. */
export function sharedModule(path) {
  if (!modules.has(path)) modules.set(path, importModule(path));
  return modules.get(path);
}

/** For `require` in a suite. */
export function requireShared(path) {
  const before = new Set(Reflect.ownKeys(globalThis));
  try {
    return createRequire(path)(path);
  } finally {
    keepGlobals(before);
  }
}

async function importModule(path) {
  const before = new Set(Reflect.ownKeys(globalThis));
  const exported = await import(pathToFileURL(path).href);
  keepGlobals(before);
  const names = Object.keys(exported);
  const evaluate = function () {
    for (const name of names) this.setExport(name, exported[name]);
  };
  const module = new SyntheticModule(names, evaluate, { identifier: path });
  await module.link(() => {});
  await module.evaluate();
  return module;
}

function keepGlobals(before) {
  for (const name of Reflect.ownKeys(globalThis)) if (!before.has(name)) packageGlobals.add(name);
}
