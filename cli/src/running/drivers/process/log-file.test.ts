import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { execFileSync } from 'node:child_process';
import {
  closeSync,
  linkSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLog } from './log-file.js';

describe('a log file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'msx-log-'));
    file = join(folder, 'alpha.log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is appended to, and made readable by its owner only', () => {
    writeFileSync(file, 'before\n', { mode: 0o644 });
    const fd = openLog(file);
    writeSync(fd, 'after\n');
    closeSync(fd);
    expect(readFileSync(file, 'utf8')).toBe('before\nafter\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is never a link, a hard link, or a pipe', () => {
    const other = join(folder, 'other');
    writeFileSync(other, '');
    symlinkSync(other, file);
    expect(() => openLog(file)).toThrow(/ELOOP/);
    rmSync(file);
    linkSync(other, file);
    expect(() => openLog(file)).toThrow(/not a plain file/);
    rmSync(file);
    execFileSync('mkfifo', [file]);
    expect(() => openLog(file)).toThrow(/not a plain file/);
  });
});
