import { describe, expect, it } from '@jest/globals';
import { caseVariants } from './case-variants.js';

describe('the variants of a letter', () => {
  it.each(['kK\u212a', 'äÄ', 'σςΣ', 'ßẞ', 'sſS', 'жЖ', '𐐀𐐨', '1', '%', 'é\u00c9', '字'])(
    'are those of %s',
    (letters) => {
      const family = [...letters].sort();
      for (const letter of family) expect([...caseVariants(letter)].sort()).toEqual(family);
    },
  );

  // The dotless i counts as an i here, which is what people mean when they write in capitals.
  it('are the letters that Unicode folds together', () => {
    const strange: string[] = [];
    for (let code = 0x41; code < 0x1e944; code++) {
      const letter = String.fromCodePoint(code);
      const others = caseVariants(letter).filter((other) => other !== letter);
      const same = others.every((other) => new RegExp(`^${letter}$`, 'iu').test(other));
      if (others.length > 0 && !same) strange.push(letter);
    }
    expect(strange).toEqual(['I', 'i', 'ı']);
  });
});
