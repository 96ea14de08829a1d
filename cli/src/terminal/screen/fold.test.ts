import { describe, expect, it } from '@jest/globals';
import { fold } from './fold.js';

describe('fold', () => {
  it('wraps at spaces and keeps the indent', () => {
    expect(fold('short\n  one two three four', 11)).toBe('short\n  one two\n  three\n  four');
  });

  it('keeps a word that is longer than a line whole', () => {
    expect(fold('see /a/path/of/many/folders there', 10)).toBe('see\n/a/path/of/many/folders\nthere');
  });

  it('counts visible characters, and closes colours at the end of each line', () => {
    expect(fold('\x1b[31mred red red\x1b[39m', 11)).toBe('\x1b[31mred red red\x1b[39m');
    expect(fold('\x1b[31mred red red\x1b[39m', 7)).toBe('\x1b[31mred red\x1b[39m\n\x1b[31mred\x1b[39m');
  });

  it('keeps the indent that comes after a colour', () => {
    expect(fold('\x1b[2m  one two three four\x1b[22m', 11)).toBe(
      '  \x1b[2mone two\x1b[22m\n  \x1b[2mthree\x1b[22m\n  \x1b[2mfour\x1b[22m',
    );
  });

  it('leaves text unchanged without a terminal', () => {
    expect(fold('one two three', Infinity)).toBe('one two three');
  });
});
