import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { CODE_CACHE, compilePackages, modulesOf } from './load-packages.js';

/**
 * Run as a process of its own with the folder of a bundle and the one of the packages: evaluates the modules, saves the
 * code that this compiled, and prints what each of them exports.
 */
const [folder, nodeModules] = process.argv.slice(2) as [string, string];
const script = compilePackages(folder);
const names = modulesOf(script, nodeModules).map((load) => Object.getOwnPropertyNames(load()).filter(isName));
writeFileSync(join(folder, CODE_CACHE), script.createCachedData());
process.stdout.write(JSON.stringify(names), () => process.exit());

function isName(name: string): boolean {
  return /^[\p{ID_Start}$_][\p{ID_Continue}$]*$/u.test(name) && !['default', 'prototype'].includes(name);
}
