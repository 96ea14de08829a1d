/**
 * Imports what every published package exports, and runs its programs, from the folder where they were installed:
 *   node e2e/new-system/import-packages.mjs FOLDER
 */
import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { publishedPackages } from '../../scripts/published-packages.mjs';

const elsewhere = process.argv[2];

/** Programs run when they are imported, and what is for tests needs the library that Nest is tested with. */
const IS_NO_LIBRARY = /^\.\/(main|testing)$/;

for (const { manifest } of publishedPackages(join(import.meta.dirname, '../..'))) {
  const { name, version, exports = {}, bin = {} } = manifest;
  const paths = Object.keys(exports).filter((path) => !IS_NO_LIBRARY.test(path));
  for (const path of paths) importPath(`${name}${path.slice(1)}`);
  if (exports['.']?.require) run('--input-type=commonjs', '--eval', `require('${name}')`);
  for (const program of Object.values(bin)) {
    const printed = run(join('node_modules', name, program), '--version');
    if (!printed.split(/[\s/]/).includes(version)) throw new Error(`${program} says that it is ${printed}`);
  }
  console.log(`${name}: ${[...paths, ...Object.keys(bin)].join(', ')}`);
}

function importPath(path) {
  const options = path.endsWith('.json') ? ", { with: { type: 'json' } }" : '';
  run('--input-type=module', '--eval', `await import('${path}'${options})`);
}

function run(...args) {
  return execFileSync(process.execPath, args, { cwd: elsewhere, encoding: 'utf8', timeout: 60_000 });
}
