import { MsxError } from '../../errors/msx-error.js';
import { pluralOf } from './plural.js';
import { whyReserved } from './reserved.js';
import { casings, rpcWords, wordsOf } from './words.js';

/** A thing with a name: its words, and those of its plural. */
export interface Noun {
  readonly words: readonly string[];
  readonly plural: readonly string[];
}

const MAX_LENGTH = 40;

/**
 * A noun in any casing. Where the plural is the same word a list is called "sheep list", so that one and many can be
 * told from each other. Throws NAME_INVALID.
 */
export function nounOf(name: string, plural?: string): Noun {
  const words = rpcWords(checkedWords(name, 'entity'));
  const last = words.at(-1)!;
  const many = plural ? rpcWords(checkedWords(plural, 'plural')) : [...words.slice(0, -1), pluralOf(last)];
  return { words, plural: many.join() === words.join() ? [...words, 'list'] : many };
}

/** The words of a name that is fit for code. Throws NAME_INVALID, with the reason. */
export function checkedWords(name: string, what: string): string[] {
  const reason = whyUnfit(name);
  if (reason) throw new MsxError('NAME_INVALID', { what, name, reason });
  return wordsOf(name);
}

function whyUnfit(name: string): string | undefined {
  const strange = [...name].find((character) => !/[A-Za-z0-9 _-]/.test(character));
  if (strange)
    return `"${strange}" is neither a letter from a to z nor a digit, and protobuf and GraphQL take only those`;
  if (!/^[A-Za-z]/.test(name)) return 'it does not begin with a letter';
  if (/[\s_-]\d/.test(name)) return 'a word of it begins with a digit';
  if (name.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  return whyReserved(wordsOf(name));
}

/** All that a noun can be called in code and prose, singular first, longest forms of the plural included. */
export const formsOf = ({ words, plural }: Noun): string[] =>
  [words, plural].flatMap((each) => casings.map((write) => write(each)));
