import { expect, it } from '@jest/globals';
import { conditions, earlierOf, hasMoved, withResult, type Result } from '../bench/results.js';

const result = (value: number, rest: Partial<Result> = {}): Result => ({
  ...{ bench: 'cli', what: 'version', value, machine: 'small, 2 cores', node: 20 },
  ...{ commit: 'abc', date: '2026-01-31' },
  ...rest,
});

it('of each figure, the last three results on a machine with a version of Node are kept', () => {
  const other = [result(9, { node: 22 }), result(8, { machine: 'large' }), result(7, { what: 'status' })];
  const all = [1, 2, 3, 4, 5].reduce<Result[]>((kept, value) => withResult(kept, result(value)), other);
  expect(all.map(({ value }) => value)).toEqual([9, 8, 7, 3, 4, 5]);
  expect(earlierOf(all, result(6)).map(({ value }) => value)).toEqual([3, 4, 5]);
});

it('a figure has moved if it is 15 % worse than the median of its last results', () => {
  const most = { what: 'CPU', bound: 5 };
  const least = { what: 'requests/s', atLeast: 1 };
  expect([1.1, 1.16].map((value) => hasMoved({ ...most, value }, [2, 1, 0.5]))).toEqual([false, true]);
  expect([0.9, 0.86].map((value) => hasMoved({ ...least, value }, [2, 1, 0.5]))).toEqual([false, true]);
  expect(hasMoved({ ...most, value: 4 }, [])).toBe(false);
  expect(hasMoved({ what: 'for orientation', value: 4 }, [1])).toBe(false);
});

it('a result says what it was measured with', () => {
  expect(conditions()).toEqual({
    machine: expect.stringMatching(/^\S.*, \d+ cores$/),
    node: Number(process.versions.node.split('.')[0]),
    commit: expect.stringMatching(/^[0-9a-f]{7,}\+?$/),
    date: expect.stringMatching(/^\d{4}-\d\d-\d\d$/),
  });
});
