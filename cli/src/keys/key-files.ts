import { existsSync, linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { MsxError } from '../errors/msx-error.js';
import { keyFilesOf } from '../system/key-files.js';
import { createKey, publicPart } from './key-pair.js';
import type { JwkSet } from './key-pair.js';

/** Makes the keys that tokens are signed with on this machine, where there are none. Safe when two do it at once. */
export function ensureKeys(root: string): void {
  const files = keyFilesOf(root);
  if (!existsSync(files.private)) claim(files.private, { keys: [createKey()] });
  if (!existsSync(files.public)) writePublic(root, readKeys(root));
}

/** The private keys; the first one signs. Throws KEYS_UNREADABLE, and NO_KEYS when there are none. */
export function readKeys(root: string): JwkSet {
  const file = keyFilesOf(root).private;
  if (!existsSync(file)) throw new MsxError('NO_KEYS', { file });
  try {
    const set = JSON.parse(readFileSync(file, 'utf8')) as JwkSet;
    if (!set.keys?.length || set.keys.some(({ kid, d }) => !kid || !d))
      throw new Error('it holds no private keys');
    return set;
  } catch (error) {
    throw new MsxError('KEYS_UNREADABLE', { file, reason: (error as Error).message });
  }
}

/** Tokens are checked before any is signed with a new key: the public keys are replaced first. */
export function writeKeys(root: string, keys: JwkSet): void {
  writePublic(root, keys);
  replace(keyFilesOf(root).private, keys, 0o600);
}

function writePublic(root: string, { keys }: JwkSet): void {
  replace(keyFilesOf(root).public, { keys: keys.map(publicPart) }, 0o644);
}

/** Whoever comes first wins; the file is whole from the moment it is there. */
function claim(file: string, keys: JwkSet): void {
  const fresh = write(file, keys, 0o600);
  try {
    linkSync(fresh, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
  } finally {
    rmSync(fresh);
  }
}

function replace(file: string, keys: JwkSet, mode: number): void {
  renameSync(write(file, keys, mode), file);
}

function write(file: string, keys: JwkSet, mode: number): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  const fresh = `${file}.${process.pid}`;
  rmSync(fresh, { force: true });
  writeFileSync(fresh, `${JSON.stringify(keys, null, 2)}\n`, { mode });
  return fresh;
}
