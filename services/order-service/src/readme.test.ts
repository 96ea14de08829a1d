import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { errorTable, tableBelow } from '@msx/runtime/testing';
import { orderErrors } from './order/order.errors.js';

const readme = readFileSync(new URL('../README.md', import.meta.url), 'utf8');

describe('the README', () => {
  it('lists the declared errors', () => {
    expect(tableBelow(readme, 'Errors')).toEqual(
      errorTable(orderErrors).map((row) => row.map((cell) => cell.replaceAll('`', ''))),
    );
  });
});
