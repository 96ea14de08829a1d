import pluralize from 'pluralize';

/** Common uncountable nouns that the library does not know. */
for (const word of ['hardware', 'feedback', 'luggage', 'metadata', 'money', 'staff', 'stock'])
  pluralize.addUncountableRule(word);

/** Singulars that end like plurals. */
for (const [one, many] of [
  ['atlas', 'atlases'],
  ['basis', 'bases'],
  ['canvas', 'canvases'],
  ['lens', 'lenses'],
] as const)
  pluralize.addIrregularRule(one, many);

/** The plural of an English word in lower case; the word itself when it is uncountable or ends in a digit. */
export const pluralOf = (word: string): string => (/\d$/.test(word) ? word : pluralize.plural(word));

/** The singular of a word that looks like a plural; undefined for a word that may be a singular. */
export function singularOf(word: string): string | undefined {
  const singular = pluralize.singular(word);
  return singular !== word && pluralize.plural(word) === word && !/\d$/.test(word) ? singular : undefined;
}
