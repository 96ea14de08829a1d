import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runFailure } from './run-failure.js';

describe('the failure of a run', () => {
  let folder: string;
  let file: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'msx-words-'));
    file = join(folder, 'alpha.log');
  });
  afterEach(() => rmSync(folder, { recursive: true }));

  it('is its fatal line, with the last lines in readable form', () => {
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
    expect(runFailure(file, 0)).toEqual({
      reason: { code: 'DATABASE_UNREACHABLE', message: 'no database at db:5432' },
      lastLines: ['info starting', 'fatal no database at db:5432: ECONNREFUSED'],
    });
  });

  it('is the uncaught error that Node prints', () => {
    writeFileSync(
      file,
      'file:///main.js:3\nthrow new TypeError("x");\n\nTypeError: x is not a function\n    at main.js:3\n',
    );
    expect(runFailure(file, 0).reason).toEqual({
      code: 'CRASHED',
      message: 'TypeError: x is not a function',
    });
  });

  it('does not include earlier runs, unless the log was cut since', () => {
    writeFileSync(file, '{"level":"fatal","msg":"old"}\nnew\n');
    expect(runFailure(file, 30)).toEqual({ reason: undefined, lastLines: ['new'] });
    expect(runFailure(file, 10_000).lastLines).toHaveLength(2);
  });

  it('is empty without a log', () => {
    expect(runFailure(join(folder, 'none.log'), 0)).toEqual({ reason: undefined, lastLines: [] });
  });
});
