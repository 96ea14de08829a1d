/**
 * Installs folders whose packages only some commands need, and which therefore have a lock file of their own; see
 * docs/adr/0050-packages-of-their-own.md.
 *   node scripts/install-folder.mjs FOLDER…
 */
import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

const root = resolve(import.meta.dirname, '..');

/** Enough for some hundred packages over a slow connection. */
const TIMEOUT_MS = 900_000;

/**
 * Installs the packages in the lock file of a folder, unless that folder already has them.
 * @param folder its path from the root of the repository
 * Throws what to do when npm fails, as it does without a network.
 */
export function installFolder(folder) {
  const lock = readFileSync(join(root, folder, 'package-lock.json'));
  const wanted = createHash('sha256').update(lock).digest('hex');
  const stamp = join(root, folder, 'node_modules/.lock');
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  console.error(`installing the packages of ${folder}/, which only some commands need`);
  // No package needs its scripts, and some would look for a compiler.
  const args = ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error'];
  const stdio = ['ignore', 'ignore', 'inherit'];
  const { status } = spawnSync('npm', args, { cwd: join(root, folder), stdio, timeout: TIMEOUT_MS });
  if (status !== 0)
    throw new Error(
      `the packages of ${folder}/ could not be installed; npm says why above\n→ Connect to the registry, and run the command again.`,
    );
  writeFileSync(stamp, wanted);
}

if (process.argv[1] === import.meta.filename)
  try {
    for (const folder of process.argv.slice(2)) installFolder(folder);
  } catch ({ message }) {
    console.error(`error: ${message}`);
    process.exitCode = 1;
  }
