import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { lastWords } from './last-words.js';

describe('the last words of a run', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'msx-words-'));
    file = join(folder, 'alpha.log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('are its fatal line, and readable lines', () => {
    const lines = [
      { level: 'info', msg: 'starting' },
      {
        level: 'fatal',
        code: 'DATABASE_UNREACHABLE',
        msg: 'no database at db:5432',
        err: { message: 'ECONNREFUSED' },
      },
    ];
    writeFileSync(file, lines.map((line) => JSON.stringify(line)).join('\n') + '\n');
    expect(lastWords(file, 0)).toEqual({
      reason: { code: 'DATABASE_UNREACHABLE', message: 'no database at db:5432' },
      lastLines: ['info starting', 'fatal no database at db:5432: ECONNREFUSED'],
    });
  });

  it('are what Node says of an error that nobody caught', () => {
    writeFileSync(
      file,
      'file:///main.js:3\nthrow new TypeError("x");\n\nTypeError: x is no y\n    at main.js:3\n',
    );
    expect(lastWords(file, 0).reason).toEqual({ code: 'CRASHED', message: 'TypeError: x is no y' });
  });

  it('are not those of the run before, unless the log was cut since', () => {
    writeFileSync(file, '{"level":"fatal","msg":"old"}\nnew\n');
    expect(lastWords(file, 30)).toEqual({ reason: undefined, lastLines: ['new'] });
    expect(lastWords(file, 10_000).lastLines).toHaveLength(2);
  });

  it('are none when there is no log', () => {
    expect(lastWords(join(folder, 'none.log'), 0)).toEqual({ reason: undefined, lastLines: [] });
  });
});
