/** No code point beyond this one has a case variant. */
const LAST_CODE_POINT = 0x1e943;

let families: Map<string, string[]> | undefined;

/**
 * The character and its case variants, by Unicode's simple case folding. Accented letters are different letters, and no
 * letter folds to two: ß is not ss.
 */
export function caseVariants(character: string): readonly string[] {
  families ??= allFamilies();
  return families.get(folded(character)) ?? [character];
}

/** Upper case first: the two lower-case sigmas have one capital letter. */
const folded = (character: string) => single(single(character, 'toUpperCase'), 'toLowerCase');

/** Changes the case, except where that would produce several characters. */
function single(character: string, change: 'toUpperCase' | 'toLowerCase'): string {
  const changed = character[change]();
  return [...changed].length === 1 ? changed : character;
}

function allFamilies(): Map<string, string[]> {
  const found = new Map<string, string[]>();
  for (let code = 0; code <= LAST_CODE_POINT; code++) {
    // The East Asian scripts have no case.
    if (code === 0x2e80) code = 0xa640;
    if (code === 0xac00) code = 0xff00;
    const character = String.fromCodePoint(code);
    if (character.toUpperCase() === character && character.toLowerCase() === character) continue;
    const key = folded(character);
    found.set(key, [...(found.get(key) ?? []), character]);
  }
  return found;
}
