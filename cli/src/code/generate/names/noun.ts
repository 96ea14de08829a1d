import { MsxError } from '../../../terminal/errors/msx-error.js';
import { pluralOf, singularOf } from './plural.js';
import { whyReserved } from './reserved.js';
import { casings, pascal, rpcWords, wordsOf } from './words.js';

/** A noun: the words of its singular and its plural. */
export interface Noun {
  readonly words: readonly string[];
  readonly plural: readonly string[];
}

const MAX_LENGTH = 40;

/**
 * Parses a noun in any casing. When the plural is the same word, it becomes "sheep list", so that singular and plural
 * differ. Throws NAME_INVALID.
 */
export function nounOf(name: string, plural?: string): Noun {
  const words = rpcWords(checkedWords(name, 'entity'));
  const last = words.at(-1)!;
  const singular = plural === undefined ? singularOf(last) : undefined;
  if (singular) {
    const reason = `it looks like a plural: call it ${pascal([...words.slice(0, -1), singular])}, or set its plural with --plural`;
    throw new MsxError('NAME_INVALID', { what: 'entity', name, reason });
  }
  const pluralWords = plural
    ? rpcWords(checkedWords(plural, 'plural'))
    : [...words.slice(0, -1), pluralOf(last)];
  return { words, plural: pluralWords.join() === words.join() ? [...words, 'list'] : pluralWords };
}

/** The words of a name that is valid in code. Throws NAME_INVALID, with the reason. */
export function checkedWords(name: string, what: string): string[] {
  const reason = whyUnfit(name);
  if (reason) throw new MsxError('NAME_INVALID', { what, name, reason });
  return wordsOf(name);
}

function whyUnfit(name: string): string | undefined {
  const character = [...name].find((each) => !/[A-Za-z0-9 _-]/.test(each));
  if (character)
    return `"${character}" is neither a letter from a to z nor a digit, and protobuf and GraphQL accept only those`;
  if (!/^[A-Za-z]/.test(name)) return 'it does not begin with a letter';
  if (/[\s_-]\d/.test(name)) return 'one of its words begins with a digit';
  if (name.length > MAX_LENGTH) return `it is longer than ${MAX_LENGTH} characters`;
  return whyReserved(wordsOf(name));
}

/** All forms of a noun in code and prose, singular first. */
export const formsOf = ({ words, plural }: Noun): string[] =>
  [words, plural].flatMap((each) => casings.map((write) => write(each)));
