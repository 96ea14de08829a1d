import { describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMIT, MAX_LIMIT, rowsOf } from './page.js';
import { problemsOf } from '../testing/problems-of.js';

describe('a page', () => {
  it('covers its rows', () => {
    expect(rowsOf({ page: 3, limit: 20 })).toEqual({ skip: 40, take: 20 });
    expect(rowsOf({ page: 1, limit: MAX_LIMIT })).toEqual({ skip: 0, take: MAX_LIMIT });
  });

  it('uses defaults for unset values', () => {
    expect(rowsOf({ page: 0, limit: 0 })).toEqual({ skip: 0, take: DEFAULT_LIMIT });
    expect(rowsOf({ page: 2, limit: 0 })).toEqual({ skip: DEFAULT_LIMIT, take: DEFAULT_LIMIT });
    expect(rowsOf({ page: 0, limit: 5 })).toEqual({ skip: 0, take: 5 });
  });

  it.each([
    [-1, 10, 'page'],
    [1.5, 10, 'page'],
    [2 ** 31, 10, 'page'],
    [1, -1, 'limit'],
    [1, MAX_LIMIT + 1, 'limit'],
    [1, Number.NaN, 'limit'],
  ])('is refused for page %d with limit %d', (page, limit, field) => {
    expect(problemsOf(() => rowsOf({ page, limit }))).toEqual([expect.stringMatching(`^${field} must be`)]);
  });
});
