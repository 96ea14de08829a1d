import { describe, expect, it } from '@jest/globals';
import { cut, widthOf } from './text-width.js';

describe('cutting a text', () => {
  it('never exceeds the available width, whatever the characters', () => {
    const texts = [
      'a service that waits ← another one',
      '⠏ kafka ← build:kafka ← it',
      '宽字 wide ← 宽字 and so on',
    ];
    for (const text of texts)
      for (let columns = 2; columns < widthOf(text); columns++) {
        expect(widthOf(cut(text, columns))).toBeLessThanOrEqual(columns);
        expect(cut(text, columns)).toMatch(/…$/);
      }
  });

  it('leaves a text unchanged that fits', () => {
    expect(cut('a ← b', 5)).toBe('a ← b');
  });

  it('ends a colour that it cuts off', () => {
    expect(cut('\u001B[2mwaits for ← another\u001B[22m', 10)).toBe('\u001B[2mwaits for…\u001B[0m');
  });
});
