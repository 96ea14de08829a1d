import { describe, expect, it } from '@jest/globals';
import { hasEnded } from './process-table.js';

describe('a process of proc_pid_stat(5)', () => {
  const stat = (state: string, threads: number) => [
    state,
    ...Array.from({ length: 16 }, () => '0'),
    `${threads}`,
    '0',
  ];

  it.each([
    ['S', 11, false],
    ['Z', 11, false],
    ['Z', 1, true],
    ['X', 0, true],
  ])('in state %s with %i threads has ended: %s', (state, threads, ended) => {
    expect(hasEnded(stat(state, threads))).toBe(ended);
  });
});
