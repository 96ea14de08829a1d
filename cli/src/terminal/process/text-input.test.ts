import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { objectInput, textInput } from './text-input.js';

const WINDOWS_TEXT = '\uFEFF{\r\n  "id": "1"\r\n}\r\n';

describe('a text from the command line or a file', () => {
  let file: string;
  beforeAll(() => {
    file = join(mkdtempSync(join(tmpdir(), 'msx-given-')), 'given.json');
  });
  afterAll(() => rmSync(join(file, '..'), { recursive: true }));

  it('can have a byte order mark and Windows line ends', async () => {
    writeFileSync(file, WINDOWS_TEXT);
    expect(objectInput(`@${file}`, '--variables')).toEqual({ id: '1' });
    expect(objectInput(WINDOWS_TEXT, '--variables')).toEqual({ id: '1' });
    expect(await textInput({ what: 'a query', file })).toBe(WINDOWS_TEXT.slice(1));
  });

  it('is rejected if it is not UTF-8, with the name of its encoding', () => {
    writeFileSync(file, Buffer.from(WINDOWS_TEXT, 'utf16le'));
    expect(() => objectInput(`@${file}`, '--variables')).toThrow(
      expect.objectContaining({ code: 'FILE_UNUSABLE', message: expect.stringContaining('UTF-16') }),
    );
  });
});
