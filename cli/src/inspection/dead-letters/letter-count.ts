import type { ChosenLetters } from './choose-letters.js';

export const countOf = (chosen: readonly ChosenLetters[]): number =>
  chosen.reduce((sum, { letters }) => sum + letters.length, 0);

/** The groups that the letters are of. */
export const groupsOf = (chosen: readonly ChosenLetters[]): string =>
  [...new Set(chosen.map(({ topic }) => topic.group))].join(', ');

/** `1 dead letter`, `2 dead letters`. */
export const countText = (chosen: readonly ChosenLetters[]): string => {
  const count = countOf(chosen);
  return `${count} ${count === 1 ? 'dead letter' : 'dead letters'}`;
};
