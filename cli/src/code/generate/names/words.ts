/** The words of a name in any casing: gardenGnome, GardenGnome, garden-gnome, GARDEN_GNOME and "garden gnome". */
export function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1 $2')
    .replace(/([A-Z])([A-Z][a-z])/g, '$1 $2')
    .split(/[\s_-]+/)
    .filter(Boolean)
    .map((word) => word.toLowerCase());
}

const capital = (word: string) => word.charAt(0).toUpperCase() + word.slice(1);

export const pascal = (words: readonly string[]) => words.map(capital).join('');
export const camel = ([first = '', ...rest]: readonly string[]) => first + pascal(rest);
export const snake = (words: readonly string[]) => words.join('_');
export const constant = (words: readonly string[]) => snake(words).toUpperCase();
export const kebab = (words: readonly string[]) => words.join('-');
export const prose = (words: readonly string[]) => words.join(' ');
const sentence = (words: readonly string[]) => capital(prose(words));

/** All casings in code and prose, in a fixed order. */
export const casings = [camel, pascal, snake, constant, kebab, prose, sentence] as const;

/**
 * Splits words like ts-proto splits the name of an RPC for camelCase: a letter after a digit begins a word, and
 * consecutive single letters are one word. Code that calls an RPC must use the same words.
 */
export const rpcWords = (words: readonly string[]): string[] =>
  (pascal(words).match(/[A-Z][a-z]+\d*|[A-Z]+(?![a-z])\d*|[a-z]+\d*/g) ?? []).map((word) =>
    word.toLowerCase(),
  );
