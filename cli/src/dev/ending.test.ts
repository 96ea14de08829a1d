import { describe, expect, it } from '@jest/globals';
import { endingText } from './ending.js';

describe('what is said to be ending', () => {
  it.each([
    [[], 'ending…'],
    [['a', 'b', 'c'], 'ending a, b, c…'],
    [['a', 'b', 'c', 'd', 'e'], 'ending a, b and 3 more…'],
  ])('%j fits a line: %s', (names, text) => {
    expect(endingText(names)).toBe(text);
  });
});
