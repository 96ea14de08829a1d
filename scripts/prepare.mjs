/**
 * npm runs this after an installation. It generates stubs and type declarations, which are not committed, so that an
 * editor finds every import before the first build. If that fails, it prints the reason but does not fail the
 * installation: the next build does the same again, and fails then.
 */
import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { publishedPackages } from './published-packages.mjs';

const root = join(import.meta.dirname, '..');
const msx = join(root, 'cli/bin/run.js');
const compiler = join(root, 'node_modules/typescript-7/bin/tsc');

/** Even a slow machine needs only a tenth of it. */
const TIMEOUT_MS = 180_000;

/** Without development dependencies there is no compiler. */
if (existsSync(compiler)) {
  const results = await Promise.allSettled([declare(), generate()]);
  for (const { reason } of results.filter(({ status }) => status === 'rejected')) {
    const { stdout = '', stderr = '', message } = reason;
    console.error(
      `Editors will not find every import until the next build: ${`${stdout}${stderr}`.trim() || message}`,
    );
  }
}

/** All packages with exports; the CLI has none, since nothing imports it. */
async function declare() {
  const declared = publishedPackages(root).filter(({ manifest }) => manifest.exports);
  await run(root, compiler, '-b', ...declared.map(({ folder }) => folder));
}

async function generate() {
  await run(root, msx, 'proto', 'gen');
  await run(join(root, 'templates'), msx, 'proto', 'gen');
}

function run(cwd, ...args) {
  return promisify(execFile)(process.execPath, args, { cwd, timeout: TIMEOUT_MS });
}
