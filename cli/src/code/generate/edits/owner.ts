import { wordsOf } from '../names/words.js';

/** Whether a key contains a name in any casing, as whole words. */
export function isAbout(key: string, name: string): boolean {
  const words = wordsOf(key.replace(/[^A-Za-z0-9]+/g, ' '));
  const wanted = wordsOf(name);
  return words.some((_, n) => wanted.every((word, m) => words[n + m] === word));
}
