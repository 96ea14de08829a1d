import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseJson, readJson, readText } from './read-file.js';

const MARK = '\uFEFF';

describe('a text file', () => {
  let file: string;
  beforeAll(() => {
    file = join(mkdtempSync(join(tmpdir(), 'msx-text-')), 'text');
  });
  afterAll(() => rmSync(join(file, '..'), { recursive: true }));

  it.each([
    ['without a byte order mark', '{ "a": "é" }\n'],
    ['with one', `${MARK}{ "a": "é" }\n`],
    ['with Windows line endings', `${MARK}{\r\n  "a": "é"\r\n}\r\n`],
  ])('is read %s', (_, text) => {
    writeFileSync(file, text);
    expect(readText(file)).toBe(text.replace(MARK, ''));
    expect(readJson(file)).toEqual({ a: 'é' });
    expect(parseJson(text, 'stdin')).toEqual({ a: 'é' });
  });

  it.each([
    ['UTF-16', Buffer.from(`${MARK}{}`, 'utf16le'), 'it is UTF-16: save it as UTF-8'],
    ['Latin-1', Buffer.from('é', 'latin1'), 'it is not UTF-8: save it as UTF-8'],
  ])('is refused, with its encoding, as %s', (_, bytes, reason) => {
    writeFileSync(file, bytes);
    expect(() => readText(file)).toThrow(
      expect.objectContaining({ code: 'FILE_UNUSABLE', message: `cannot use ${file}: ${reason}` }),
    );
  });
});
