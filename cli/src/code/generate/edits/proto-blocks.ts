/** A field of a message or a value of an enum, as the contract has it. */
export interface ProtoMember {
  readonly name: string;
  /** The type of a field, with `optional` or `repeated`; empty for a value of an enum. */
  readonly type: string;
  readonly number: number;
}

/** The declarations of a message or an enum. */
export interface ProtoBlock {
  readonly members: readonly ProtoMember[];
  readonly reservedNames: readonly string[];
  /** Pairs of the first and the last number, both inclusive. */
  readonly reservedNumbers: readonly (readonly [number, number])[];
}

type BlockKind = 'service' | 'message' | 'enum';

/** The same text, of the same length, with comments and strings blanked out. */
const withoutComments = (text: string) =>
  text.replace(/\/\/.*|\/\*[^]*?\*\/|"(?:[^"\\\n]|\\.)*"/g, (skipped) => skipped.replace(/[^\n]/g, ' '));

/** The offsets of the opening brace of a declaration and of the brace that closes it. */
function bracesOf(text: string, kind: BlockKind, name: string): [number, number] | undefined {
  const blank = withoutComments(text);
  const start = new RegExp(`\\b${kind}\\s+${name}\\s*\\{`).exec(blank);
  if (!start) return undefined;
  const open = start.index + start[0].length - 1;
  let depth = 0;
  for (let at = open; at < blank.length; at += 1) {
    if (blank[at] === '{') depth += 1;
    if (blank[at] === '}' && --depth === 0) return [open, at];
  }
  return undefined;
}

/** Where the line of the closing brace of a declaration begins; undefined for one on a single line. */
export function closingLine(text: string, kind: BlockKind, name: string): number | undefined {
  const [open, close] = bracesOf(text, kind, name) ?? [0, 0];
  const line = text.lastIndexOf('\n', close) + 1;
  return line > open ? line : undefined;
}

/** The range of the line of a field, with the comments above it. */
export function lineOfField(text: string, message: string, field: string): [number, number] | undefined {
  const [open, close] = bracesOf(text, 'message', message) ?? [0, 0];
  const line = new RegExp(`^[ \\t]*(?:optional |repeated )?[\\w.]+[ \\t]+${field}[ \\t]*=[^\\n]*\\n`, 'm');
  const found = line.exec(text.slice(open, close));
  if (!found) return undefined;
  const at = open + found.index;
  const [above] = /(?:(?<=\n)[ \t]*\/\/[^\n]*\n)*$/.exec(text.slice(open, at)) ?? [''];
  return [at - above.length, at + found[0].length];
}

/** What a message or an enum declares, without what is nested in it; undefined when there is none of that name. */
export function blockOf(text: string, kind: 'message' | 'enum', name: string): ProtoBlock | undefined {
  const braces = bracesOf(text, kind, name);
  if (!braces) return undefined;
  const body = text.slice(braces[0] + 1, braces[1]).replace(/\/\/.*|\/\*[^]*?\*\//g, '');
  const reserved = [...body.matchAll(/\breserved\s+([^;]+);/g)].map(([, list]) => list!);
  return {
    members: [
      ...body.matchAll(/(?:^|[;{}])\s*(?:((?:optional |repeated )?[\w.<>, ]+?)\s+)?(\w+)\s*=\s*(\d+)/g),
    ].map(([, type = '', member, number]) => ({ type, name: member!, number: Number(number) })),
    reservedNames: reserved.flatMap((list) => [...list.matchAll(/["'](\w+)["']/g)].map(([, each]) => each!)),
    reservedNumbers: reserved.flatMap((list) =>
      [...list.matchAll(/(\d+)(?:\s+to\s+(\d+|max))?/g)].map(
        ([, from, to]) => [Number(from), to === 'max' ? Infinity : Number(to ?? from)] as const,
      ),
    ),
  };
}

/** The range that protobuf reserves for itself. */
const OWN_NUMBERS = [19_000, 19_999] as const;
const MAX_NUMBER = 2 ** 29 - 1;

/**
 * The number after the highest in use, except that of the mask of an update, which is far from the others on purpose.
 * Undefined when none is left.
 */
export function nextNumber({ members, reservedNumbers }: ProtoBlock): number | undefined {
  const own = members.filter(({ type }) => !type.endsWith('FieldMask'));
  const used = new Set(members.map(({ number }) => number));
  let next = Math.max(0, ...own.map(({ number }) => number)) + 1;
  for (let moved = true; moved && next <= MAX_NUMBER;) {
    const range = [...reservedNumbers, OWN_NUMBERS].find(([from, to]) => next >= from && next <= to);
    moved = range !== undefined || used.has(next);
    if (range) next = range[1] + 1;
    else if (moved) next += 1;
  }
  return next <= MAX_NUMBER ? next : undefined;
}
