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
export const sentence = (words: readonly string[]) => capital(prose(words));

/** Every way in which code and prose write the words, in one order. */
export const casings = [camel, pascal, snake, constant, kebab, prose, sentence] as const;

/**
 * The words that ts-proto finds in the name of an RPC, which it writes in camelCase: a letter after a digit begins one,
 * and single letters in a row are one. Code that calls an RPC has to see them likewise.
 */
export const rpcWords = (words: readonly string[]): string[] =>
  (pascal(words).match(/[A-Z][a-z]+\d*|[A-Z]+(?![a-z])\d*|[a-z]+\d*/g) ?? []).map((word) =>
    word.toLowerCase(),
  );
