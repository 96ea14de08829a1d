import { existsSync, mkdirSync } from 'node:fs';
import { dirname } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { claimFile, replaceFile } from '../../model/files/replace-file.js';
import { keyFilesOf } from '../../model/system/key-files.js';
import { createKey, publicPart } from './key-pair.js';
import { readText } from '../../model/system/read-file.js';
import type { JwkSet } from './key-pair.js';

/** Creates the keys that sign tokens on this machine, if there are none. Safe for concurrent callers. */
export function ensureKeys(root: string): void {
  const files = keyFilesOf(root);
  if (!existsSync(files.private))
    claimFile(makeFolderOf(files.private), textOf({ keys: [createKey()] }), 0o600);
  if (!existsSync(files.public)) writePublic(root, readKeys(root));
}

/** The private keys; the first one signs. Throws KEYS_UNREADABLE, and NO_KEYS when there are none. */
export function readKeys(root: string): JwkSet {
  const file = keyFilesOf(root).private;
  if (!existsSync(file)) throw new MsxError('NO_KEYS', { file });
  try {
    const set = JSON.parse(readText(file)) as JwkSet;
    if (!set.keys?.length || set.keys.some(({ kid, d }) => !kid || !d))
      throw new Error('it contains no private keys');
    return set;
  } catch (error) {
    throw new MsxError('KEYS_UNREADABLE', { file, reason: (error as Error).message });
  }
}

/** The public keys are replaced first, so that tokens signed with a new key can be verified at once. */
export function writeKeys(root: string, keys: JwkSet): void {
  writePublic(root, keys);
  replaceFile(makeFolderOf(keyFilesOf(root).private), textOf(keys), 0o600);
}

function writePublic(root: string, { keys }: JwkSet): void {
  const file = makeFolderOf(keyFilesOf(root).public);
  replaceFile(file, textOf({ keys: keys.map(publicPart) }), 0o644);
}

const textOf = (keys: JwkSet): string => `${JSON.stringify(keys, null, 2)}\n`;

function makeFolderOf(file: string): string {
  mkdirSync(dirname(file), { recursive: true, mode: 0o700 });
  return file;
}
