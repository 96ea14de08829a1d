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
import { boundLog, openLog } from './log-file.js';

const MEGABYTE = 1024 * 1024;

describe('a log file', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'msx-log-'));
    file = join(folder, 'alpha.log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is appended to, and becomes readable by its owner alone', () => {
    writeFileSync(file, 'before\n', { mode: 0o644 });
    const fd = openLog(file);
    writeSync(fd, 'after\n');
    closeSync(fd);
    expect(readFileSync(file, 'utf8')).toBe('before\nafter\n');
    expect(statSync(file).mode & 0o777).toBe(0o600);
  });

  it('is never a link, a second name of a file, or a pipe', () => {
    const victim = join(folder, 'victim');
    writeFileSync(victim, '');
    symlinkSync(victim, file);
    expect(() => openLog(file)).toThrow(/ELOOP/);
    rmSync(file);
    linkSync(victim, file);
    expect(() => openLog(file)).toThrow(/no plain file/);
    rmSync(file);
    execFileSync('mkfifo', [file]);
    expect(() => openLog(file)).toThrow(/no plain file/);
  });

  it('is cut when it grows too long, while its writer goes on writing', () => {
    const writer = openLog(file);
    for (let n = 0; n < 11; n++) writeSync(writer, `${n}`.padEnd(MEGABYTE - 1, '.') + '\n');
    boundLog(file);
    writeSync(writer, 'the next line\n');
    closeSync(writer);
    expect(readFileSync(file, 'utf8')).toBe('the next line\n');
    expect(readFileSync(`${file}.1`, 'utf8')).toMatch(/\n10\.+\n$/);
    expect(statSync(`${file}.1`)).toMatchObject({ size: 5 * MEGABYTE });
    expect(statSync(`${file}.1`).mode & 0o777).toBe(0o600);
  });

  it('is left alone while it is short', () => {
    writeFileSync(file, 'short\n');
    boundLog(file);
    expect(readFileSync(file, 'utf8')).toBe('short\n');
  });
});
