import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import {
  chmodSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { claimFile, replaceFile, replaceWith } from './replace-file.js';

let folder: string;
let file: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'msx-replace-'));
  file = join(folder, 'file');
});
afterEach(() => rmSync(folder, { recursive: true }));

const text = () => readFileSync(file, 'utf8');
const mode = () => statSync(file).mode & 0o777;

describe('replaceFile', () => {
  it('keeps the mode of the file, or sets a given one', () => {
    writeFileSync(file, 'old', { mode: 0o640 });
    replaceFile(file, 'new');
    expect([text(), mode()]).toEqual(['new', 0o640]);
    replaceFile(file, 'secret', 0o600);
    expect([text(), mode()]).toEqual(['secret', 0o600]);
  });

  it('creates a missing file', () => {
    replaceFile(file, 'new', 0o600);
    expect([text(), mode()]).toEqual(['new', 0o600]);
  });

  it('keeps the old file when writing fails, and leaves no temporary file', () => {
    writeFileSync(file, 'old');
    const making = () =>
      replaceWith(file, (fresh) => {
        writeFileSync(fresh, 'half');
        throw new Error('no space is left');
      });
    expect(making).toThrow('no space is left');
    expect([text(), readdirSync(folder)]).toEqual(['old', ['file']]);
  });

  it('does not write through a link, and does not reuse the mode of a leftover temporary file', () => {
    const other = join(folder, 'other');
    writeFileSync(other, 'other');
    symlinkSync(other, `${file}.${process.pid}.new`);
    replaceFile(file, 'new', 0o600);
    chmodSync(file, 0o644);
    writeFileSync(`${file}.${process.pid}.new`, 'left', { mode: 0o644 });
    replaceFile(file, 'newer', 0o600);
    expect([text(), mode(), readFileSync(other, 'utf8')]).toEqual(['newer', 0o600, 'other']);
  });
});

describe('claimFile', () => {
  it('succeeds only for the first caller', () => {
    expect(claimFile(file, 'first', 0o600)).toBe(true);
    expect(claimFile(file, 'second', 0o600)).toBe(false);
    expect([text(), mode(), readdirSync(folder)]).toEqual(['first', 0o600, ['file']]);
  });
});
