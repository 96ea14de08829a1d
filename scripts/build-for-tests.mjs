import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { buildIn } from '../cli/jest/build.js';

const root = join(import.meta.dirname, '..');
const compiler = join(root, 'node_modules/typescript-7/bin/tsc');

/** Jest's `globalSetup` for this repository. In addition to the shop, its tests start the broker and the service of the templates. */
export default function buildAll() {
  buildIn(root);
  buildIn(join(root, 'templates'), ['tool-shed']);
  try {
    execFileSync(process.execPath, [compiler, '-b', 'broker'], { cwd: root, encoding: 'utf8' });
  } catch (error) {
    throw new Error(`the tests did not run: the broker does not compile\n${error.stdout}`, { cause: error });
  }
}
