import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { errorTable, tableBelow } from '@msx/runtime/testing';
import { productErrors } from './product/product.errors.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('lists the declared errors', () => {
    expect(tableBelow(readme, 'Errors')).toEqual(
      errorTable(productErrors).map((row) => row.map((cell) => cell.replaceAll('`', ''))),
    );
  });
});
