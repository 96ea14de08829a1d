import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { catalogue } from './catalogue.js';
import { MsxError, asMsxError } from './msx-error.js';

const page = readFileSync(new URL('../../../../docs/errors.md', import.meta.url), 'utf8');

describe('the catalogue of errors', () => {
  it('is explained in docs/errors.md, every code in alphabetical order', () => {
    const explained = [...page.matchAll(/^## ([A-Z_]+)\n\n\S/gm)].map(([, code]) => code);
    expect(explained).toEqual(Object.keys(catalogue).sort());
  });

  it('makes message, suggestion and exit code from the facts', () => {
    const error = new MsxError('PORT_HELD', {
      port: 3000,
      wantedBy: 'api-gateway',
      pid: 7,
      command: 'python',
      user: 'ann',
    });
    expect(error.message).toBe('port 3000 of api-gateway is held by python (pid 7, user ann)');
    expect(error.suggestion).toContain('msx ports free 3000');
    expect(error.exitCode).toBe(1);
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      error: {
        code: 'PORT_HELD',
        message: error.message,
        suggestion: error.suggestion,
        exitCode: 1,
        details: { port: 3000, wantedBy: 'api-gateway', pid: 7, command: 'python', user: 'ann' },
      },
    });
  });

  it('explains an import cycle of two models with a bidirectional relation', () => {
    const reason = "ReferenceError: Cannot access 'Book' before initialization";
    const gaveUp = new MsxError('SERVICE_GAVE_UP', { service: 'api-gateway', times: 3, reason });
    expect(gaveUp.suggestion).toMatch(/write Relation<Book> .* msx dev restart api-gateway\.$/);
    const facts = { service: 'api-gateway', command: 'graphql schema', reason };
    expect(new MsxError('PROGRAM_FAILED', facts).suggestion).toContain('Relation<Book>');
  });

  it('has codes for a full disk and unusable files, and reports anything unexpected as a bug', () => {
    const full = Object.assign(new Error('ENOSPC: no space left on device'), { code: 'ENOSPC', path: '/x' });
    expect(asMsxError(full)).toMatchObject({
      code: 'DISK_FULL',
      message: expect.stringMatching(/^no space is left in \/ \(\d+ kB free\): x was not written$/),
      cause: full,
    });
    const readOnly = Object.assign(new Error('EROFS: read-only'), { code: 'EROFS', path: '/x' });
    expect(asMsxError(readOnly).message).toBe('no permission to read or write /x');
    const folder = Object.assign(new Error('EISDIR: read'), { code: 'EISDIR', path: '/x' });
    expect(asMsxError(folder).message).toBe('cannot use /x: it is a folder');
    const deleted = Object.assign(new Error('ENOENT: uv_cwd'), { code: 'ENOENT', syscall: 'uv_cwd' });
    expect(asMsxError(deleted).code).toBe('FOLDER_GONE');
    expect(asMsxError(new TypeError('no'))).toMatchObject({ code: 'INTERNAL', message: 'unexpected: no' });
    expect(asMsxError('text')).toMatchObject({ code: 'INTERNAL', message: 'unexpected: text' });
    const known = new MsxError('INTERRUPTED', {});
    expect(asMsxError(known)).toBe(known);
  });
});
