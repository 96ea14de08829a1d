import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { errorTable, tableBelow } from '@msx/runtime/testing';
import { sessionErrors } from './session/session.errors.js';
import { userErrors } from './user/user.errors.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('lists the declared errors', () => {
    expect(tableBelow(readme, 'Errors')).toEqual(
      errorTable(userErrors, sessionErrors).map((row) => row.map((cell) => cell.replaceAll('`', ''))),
    );
  });
});
