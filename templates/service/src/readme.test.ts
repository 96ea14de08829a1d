import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { errorTable, tableBelow } from '@msx/runtime/testing';
import { gardenGnomeErrors } from './garden-gnome/garden-gnome.errors.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('lists the declared errors', () => {
    expect(tableBelow(readme, 'Errors')).toEqual(
      errorTable(gardenGnomeErrors).map((row) => row.map((cell) => cell.replaceAll('`', ''))),
    );
  });
});
