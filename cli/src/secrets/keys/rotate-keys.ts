import { existsSync } from 'node:fs';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { keyFilesOf } from '../../model/system/key-files.js';
import { readKeys, writeKeys } from './key-files.js';
import { createKey } from './key-pair.js';
import type { JwkSet } from './key-pair.js';

export interface Rotation {
  /** The id of the new signing key. */
  readonly signs: string;
  /** The ids of former keys whose tokens are still accepted. */
  readonly checks: readonly string[];
  readonly dropped: readonly string[];
}

/** Creates the first key. Throws KEYS_EXIST unless `force` replaces the existing ones. */
export function generateKeys(root: string, force: boolean): Rotation {
  const file = keyFilesOf(root).private;
  if (existsSync(file) && !force) throw new MsxError('KEYS_EXIST', { file });
  const key = createKey();
  writeKeys(root, { keys: [key] });
  return { signs: key.kid, checks: [], dropped: [] };
}

/**
 * Creates a new signing key. The `keep` newest of the former keys are kept, so that tokens signed with them stay valid
 * until they expire. Throws NO_KEYS and KEYS_UNREADABLE.
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
