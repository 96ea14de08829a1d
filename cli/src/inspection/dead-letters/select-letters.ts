import type { LetterState } from './read-letters.js';

/** Which letters are meant. */
export interface LetterSelection {
  /** `partition:offset`, or ids of events. They may be of letters that were replayed or dropped before. */
  readonly ids: readonly string[];
  readonly key?: string | undefined;
  /** Those that died since, in milliseconds since 1970. */
  readonly since?: number | undefined;
  /** The code of the error, or a part of its message. */
  readonly error?: string | undefined;
}

/** Letters that are named, or those that are open and match all conditions. */
export function selectLetters(letters: readonly LetterState[], selection: LetterSelection): LetterState[] {
  const { ids, ...conditions } = selection;
  if (ids.length > 0) return letters.filter((letter) => ids.some((id) => isNamed(letter, id)));
  return letters.filter((letter) => !letter.mark && matches(letter, conditions));
}

export const isNamed = ({ id, eventId }: LetterState, name: string): boolean =>
  id === name || eventId === name;

function matches(letter: LetterState, { key, since, error }: Omit<LetterSelection, 'ids'>): boolean {
  if (key !== undefined && letter.key !== key) return false;
  if (since !== undefined && letter.diedAt < since) return false;
  return error === undefined || letter.code === error || includes(letter.message, error);
}

const includes = (text: string, part: string): boolean => text.toLowerCase().includes(part.toLowerCase());
