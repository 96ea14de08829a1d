import { InvalidPattern, type PatternReader } from './pattern-reader.js';

export type CharTest = (char: string) => boolean;

export const anyClass: CharTest = (char) => char !== '\n';

/** A class of one character that RE2 and JavaScript write alike. */
const classOf = (source: string): CharTest => {
  const expression = new RegExp(`^${source}$`, 'u');
  return (char) => expression.test(char);
};

const ASCII: Record<string, string> = {
  alnum: '[0-9A-Za-z]',
  alpha: '[A-Za-z]',
  ascii: '[\\x00-\\x7F]',
  blank: '[\\t ]',
  cntrl: '[\\x00-\\x1F\\x7F]',
  digit: '[0-9]',
  graph: '[!-~]',
  lower: '[a-z]',
  print: '[ -~]',
  punct: '[!-/:-@\\[-`{-~]',
  space: '[\\t\\n\\v\\f\\r ]',
  upper: '[A-Z]',
  word: '[0-9A-Za-z_]',
  xdigit: '[0-9A-Fa-f]',
};

const PERL: Record<string, string> = {
  d: '[0-9]',
  D: '[^0-9]',
  s: '[\\t\\n\\f\\r ]',
  S: '[^\\t\\n\\f\\r ]',
  w: '[0-9A-Za-z_]',
  W: '[^0-9A-Za-z_]',
};

const CONTROL: Record<string, string> = { a: '\x07', f: '\f', n: '\n', r: '\r', t: '\t', v: '\v' };

/** What follows a backslash, and reads one character. */
export const escapedClass = (reader: PatternReader): CharTest => {
  const special = perlClass(reader) ?? unicodeClass(reader);
  if (special) return special;
  const literal = escapedChar(reader);
  return (char) => char === literal;
};

const perlClass = (reader: PatternReader): CharTest | undefined => {
  const source = PERL[reader.peek() ?? ''];
  if (source === undefined) return undefined;
  reader.next();
  return classOf(source);
};

/** `\pL`, `\p{Greek}`, `\PN`: general categories and scripts. */
const unicodeClass = (reader: PatternReader): CharTest | undefined => {
  const [, p, short, long] = reader.match(/([pP])(?:([A-Z])|\{(\w+)\})/) ?? [];
  const name = short ?? long;
  if (name === undefined) return undefined;
  for (const property of [name, `Script=${name}`])
    try {
      return classOf(`\\${p}{${property}}`);
    } catch {
      continue;
    }
  throw new InvalidPattern(`invalid character class range: \\${p}{${name}}`);
};

const escapedChar = (reader: PatternReader): string => {
  const [, two, many] = reader.match(/x(?:([0-9A-Fa-f]{2})|\{([0-9A-Fa-f]{1,6})\})/) ?? [];
  const hex = two ?? many;
  if (hex !== undefined) return String.fromCodePoint(Math.min(parseInt(hex, 16), 0x10ffff));
  const char = reader.next();
  if (CONTROL[char] !== undefined) return CONTROL[char];
  if (/[0-9A-Za-z]/.test(char)) throw new InvalidPattern(`invalid escape sequence: \\${char}`);
  return char;
};

/** `[a-z_]`, `[^0-9]`, `[[:alpha:].]`; the bracket has been read. */
export const classIn = (reader: PatternReader): CharTest => {
  const isNegated = reader.take('^');
  const tests: CharTest[] = [];
  do tests.push(classItem(reader));
  while (!reader.take(']'));
  return (char) => tests.some((test) => test(char)) !== isNegated;
};

const classItem = (reader: PatternReader): CharTest => {
  const [, not, name] = reader.match(/\[:(\^?)(\w+):\]/) ?? [];
  if (name !== undefined) return posixClass(name, not === '^');
  if (reader.take('\\')) {
    const special = perlClass(reader) ?? unicodeClass(reader);
    return special ?? range(reader, escapedChar(reader));
  }
  if (reader.isAtEnd) throw new InvalidPattern('missing closing ]');
  return range(reader, reader.next());
};

const posixClass = (name: string, isNegated: boolean): CharTest => {
  if (ASCII[name] === undefined) throw new InvalidPattern(`invalid character class range: [:${name}:]`);
  const test = classOf(ASCII[name]);
  return (char) => test(char) !== isNegated;
};

/** One character, or a range that begins with it. A hyphen before the closing bracket is a literal. */
const range = (reader: PatternReader, first: string): CharTest => {
  if (!reader.sees('-') || reader.sees('-]')) return (char) => char === first;
  reader.take('-');
  const last = reader.take('\\') ? escapedChar(reader) : reader.next();
  if (last < first) throw new InvalidPattern(`invalid character class range: ${first}-${last}`);
  return (char) => char >= first && char <= last;
};
