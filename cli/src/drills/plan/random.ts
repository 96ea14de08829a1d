import type { RandomSource } from '@msx/runtime';

/** FNV-1a: spreads texts over 32 bits. */
const hashOf = (text: string): number =>
  [...text].reduce((hash, each) => Math.imul(hash ^ each.codePointAt(0)!, 0x01000193), 0x811c9dc5) >>> 0;

/** Choices that follow from a seed and the name of what they are for: those of one thing do not shift those of another. */
export function randomSource(seed: number, name: string): RandomSource {
  let state = hashOf(`${seed} ${name}`);
  // mulberry32
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
  const integer = (below: number): number => Math.floor(next() * below);
  return { integer, pick: (from) => from[integer(from.length)]! };
}

/** A copy in another order. */
export function shuffled<T>(items: readonly T[], random: RandomSource): T[] {
  const left = [...items];
  return items.map(() => left.splice(random.integer(left.length), 1)[0]!);
}
