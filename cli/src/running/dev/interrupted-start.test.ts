import { describe, expect, it } from '@jest/globals';
import { stoppingText } from './interrupted-start.js';

describe('the message about what is being stopped', () => {
  it.each([
    [[], 'stopping…'],
    [['a', 'b', 'c'], 'stopping a, b, c…'],
    [['a', 'b', 'c', 'd', 'e'], 'stopping a, b and 3 more…'],
  ])('%j fits a line: %s', (names, text) => {
    expect(stoppingText(names)).toBe(text);
  });
});
