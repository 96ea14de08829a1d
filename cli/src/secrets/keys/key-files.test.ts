import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { createPrivateKey, createPublicKey, sign, verify } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { keyFilesOf } from '../../model/system/key-files.js';
import { ensureKeys, readKeys, writeKeys } from './key-files.js';
import { createKey } from './key-pair.js';
import type { JwkSet } from './key-pair.js';
import { generateKeys, rotateKeys } from './rotate-keys.js';

describe('the keys of a machine', () => {
  let root: string;
  const published = () => JSON.parse(readFileSync(keyFilesOf(root).public, 'utf8')) as JwkSet;

  beforeEach(() => {
    root = mkdtempSync(join(tmpdir(), 'msx-keys-'));
  });
  afterEach(() => rmSync(root, { recursive: true }));

  it('are created once, and the private ones are readable only by their owner', () => {
    ensureKeys(root);
    const first = readKeys(root);
    ensureKeys(root);
    expect(readKeys(root)).toEqual(first);
    expect(statSync(keyFilesOf(root).private).mode & 0o777).toBe(0o600);
  });

  it('are published without the private part, and verify signatures', () => {
    ensureKeys(root);
    const [secret] = readKeys(root).keys;
    const [open] = published().keys;
    expect(open).not.toHaveProperty('d');
    const signature = sign(null, Buffer.from('text'), createPrivateKey({ key: secret!, format: 'jwk' }));
    const key = createPublicKey({ key: open!, format: 'jwk' });
    expect(verify(null, Buffer.from('text'), key, signature)).toBe(true);
    expect(open!.kid).toBe(secret!.kid);
  });

  it('are published again when the public file is missing', () => {
    ensureKeys(root);
    rmSync(keyFilesOf(root).public);
    ensureKeys(root);
    expect(published().keys.map(({ kid }) => kid)).toEqual(readKeys(root).keys.map(({ kid }) => kid));
  });

  it('keep their order, because the first one signs', () => {
    const keys = [createKey(), createKey()];
    writeKeys(root, { keys });
    expect(readKeys(root).keys).toEqual(keys);
    expect(published().keys.map(({ kid }) => kid)).toEqual(keys.map(({ kid }) => kid));
  });

  it.each(['invalid JSON', '{"keys":[]}', '{"keys":[{"kid":"a"}]}'])('that are %s are refused', (text) => {
    ensureKeys(root);
    writeFileSync(keyFilesOf(root).private, text);
    expect(() => readKeys(root)).toThrow(expect.objectContaining({ code: 'KEYS_UNREADABLE' }));
  });

  it('rotate: a new one signs, and the requested number of former ones still verify', () => {
    const first = generateKeys(root, false).signs;
    expect(() => generateKeys(root, false)).toThrow(expect.objectContaining({ code: 'KEYS_EXIST' }));
    const second = rotateKeys(root, 1);
    expect(second).toMatchObject({ checks: [first], dropped: [] });
    const third = rotateKeys(root, 1);
    expect(third).toMatchObject({ checks: [second.signs], dropped: [first] });
    expect(readKeys(root).keys.map(({ kid }) => kid)).toEqual([third.signs, second.signs]);
    expect(generateKeys(root, true).checks).toEqual([]);
    expect(published().keys).toHaveLength(1);
  });
});
