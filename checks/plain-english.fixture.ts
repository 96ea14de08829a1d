import ts from 'typescript';

interface Entry {
  readonly now: string;
  readonly better: string;
}

/** What is refused and what to say instead: see checks/plain-english.json. */
export interface WordList {
  /** Regular expressions that match whole words of any text. */
  readonly phrases: readonly Entry[];
  /** Refused as a word of an identifier or a path: `wish` refuses `RunWish` and `wish-of.ts`. */
  readonly words: readonly Entry[];
  /** Refused as whole identifiers. */
  readonly names: readonly Entry[];
  /** Allowed all the same: names of settings, which systems in use depend on. */
  readonly settings: readonly string[];
}

interface Finding {
  readonly at: number;
  readonly found: string;
  readonly better: string;
}

/** Every finding in a file: where it is, what was found, and what to say instead. */
export function findingsIn(file: string, text: string, list: WordList): string[] {
  const inText = [...phrasesIn(text, list), ...(isCode(file) ? identifiersIn(file, text, list) : [])];
  return [
    ...wordsOf(file, list).map(({ now, better }) => `${file}: "${now}" in the path → ${better}`),
    ...inText
      .sort((a, b) => a.at - b.at)
      .map(({ at, found, better }) => `${file}:${lineAt(text, at)}: "${found}" → ${better}`),
  ];
}

const isCode = (file: string) => /\.(ts|mjs|js)$/.test(file);
const lineAt = (text: string, at: number) => text.slice(0, at).split('\n').length;

/** A space of a phrase: it matches a line break, too, with the marker of a comment after it. */
const SPACE = String.raw`\s+(?:(?:\*|//|#|>)\s+)?`;

const patterns = new Map<string, RegExp>();

function patternOf(phrase: string): RegExp {
  const pattern =
    patterns.get(phrase) ?? new RegExp(`(?<![\\w-])(?:${phrase.replaceAll(' ', SPACE)})(?![\\w-])`, 'gi');
  patterns.set(phrase, pattern);
  return pattern;
}

function phrasesIn(text: string, { phrases }: WordList): Finding[] {
  return phrases.flatMap(({ now, better }) =>
    [...text.matchAll(patternOf(now))].map((match) => ({
      at: match.index,
      found: match[0].replaceAll(/\s+/g, ' '),
      better,
    })),
  );
}

/** The refused words among the words of a name: camelCase, SCREAMING_CASE, kebab-case or a path. */
function wordsOf(name: string, { words }: WordList): Entry[] {
  const parts = name
    .replaceAll(/([a-z0-9])([A-Z])/g, '$1 $2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
  return words.filter(({ now }) => parts.includes(now));
}

function identifiersIn(file: string, text: string, list: WordList): Finding[] {
  const refused = [...list.words, ...list.names].map(({ now }) => now);
  if (!new RegExp(refused.join('|'), 'i').test(text)) return [];
  const identifiers = identifiersOf(file, text).filter(({ found }) => !list.settings.includes(found));
  return identifiers.flatMap(({ at, found }) => {
    const refusals = [...wordsOf(found, list), ...list.names.filter(({ now }) => now === found)];
    return refusals.map(({ better }) => ({ at, found, better }));
  });
}

function identifiersOf(file: string, text: string): { at: number; found: string }[] {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Map<string, number>();
  const visit = (node: ts.Node) => {
    if (ts.isIdentifier(node) && !found.has(node.text)) found.set(node.text, node.getStart(source));
    ts.forEachChild(node, visit);
  };
  visit(source);
  return [...found].map(([name, at]) => ({ at, found: name }));
}
