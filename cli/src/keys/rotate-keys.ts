import { existsSync } from 'node:fs';
import { MsxError } from '../errors/msx-error.js';
import { keyFilesOf } from '../system/key-files.js';
import { readKeys, writeKeys } from './key-files.js';
import { createKey } from './key-pair.js';
import type { JwkSet } from './key-pair.js';

export interface Rotation {
  /** The id of the key that signs from now on. */
  readonly signs: string;
  /** Those whose tokens are still good. */
  readonly checks: readonly string[];
  readonly dropped: readonly string[];
}

/** Makes the first key. Throws KEYS_EXIST unless forced to replace those there are. */
export function generateKeys(root: string, force: boolean): Rotation {
  const file = keyFilesOf(root).private;
  if (existsSync(file) && !force) throw new MsxError('KEYS_EXIST', { file });
  const key = createKey();
  writeKeys(root, { keys: [key] });
  return { signs: key.kid, checks: [], dropped: [] };
}

/**
 * Signs with a new key from now on. The `keep` newest of the former ones stay, so that tokens that were signed with them
 * are good until they expire. Throws NO_KEYS, KEYS_UNREADABLE.
 */
export function rotateKeys(root: string, keep: number): Rotation {
  const { set, rotation } = rotated(readKeys(root), keep);
  writeKeys(root, set);
  return rotation;
}

function rotated({ keys }: JwkSet, keep: number): { set: JwkSet; rotation: Rotation } {
  const key = createKey();
  const kept = keys.slice(0, keep);
  const ids = (some: JwkSet['keys']): string[] => some.map(({ kid }) => kid);
  return {
    set: { keys: [key, ...kept] },
    rotation: { signs: key.kid, checks: ids(kept), dropped: ids(keys.slice(keep)) },
  };
}
