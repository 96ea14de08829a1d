import type { ChosenLetters } from './choose-letters.js';

/** The newest `count` letters of all topics, and how many others there are. */
export function newestOf(
  chosen: readonly ChosenLetters[],
  count: number,
): { readonly chosen: ChosenLetters[]; readonly more: number } {
  const all = chosen.flatMap(({ letters }) => letters).sort((a, b) => b.diedAt - a.diedAt);
  const kept = new Set(all.slice(0, count));
  return {
    chosen: chosen
      .map(({ topic, letters }) => ({ topic, letters: letters.filter((letter) => kept.has(letter)) }))
      .filter(({ letters }) => letters.length > 0),
    more: all.length - kept.size,
  };
}
