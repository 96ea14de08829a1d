import { parsers } from 'prettier/plugins/typescript';
import type { ParserOptions } from 'prettier';

/**
 * A TypeScript syntax node as edits need it: ESTree, from the parser that prettier loads anyway. Loading a second
 * parser would take longer than all edits.
 */
export interface Syntax {
  readonly type: string;
  /** The start and end offset of its text. */
  readonly range: readonly [number, number];
  readonly [key: string]: unknown;
}

/** The statements of a file; undefined when it is not valid TypeScript. */
export function statementsOf(text: string): readonly Syntax[] | undefined {
  if (last?.text !== text) last = { text, statements: parse(text) };
  return last.statements;
}

/** A cache of the last parsed text: consecutive edits parse the result of the previous edit. */
let last: { readonly text: string; readonly statements: readonly Syntax[] | undefined } | undefined;

function parse(text: string): readonly Syntax[] | undefined {
  try {
    const program = parsers.typescript.parse(text, {} as ParserOptions) as Syntax;
    return nodes(program['body']);
  } catch {
    return undefined;
  }
}

export const isNode = (value: unknown): value is Syntax =>
  typeof value === 'object' && value !== null && 'type' in value && 'range' in value;

export const node = (value: unknown): Syntax | undefined => (isNode(value) ? value : undefined);
export const nodes = (value: unknown): Syntax[] => (Array.isArray(value) ? value.filter(isNode) : []);

/** The text of an identifier or a string literal. */
export const nameOf = (value: unknown): string | undefined => {
  const found = node(value);
  const name = found?.type === 'Literal' ? found['value'] : found?.['name'];
  return typeof name === 'string' ? name : undefined;
};

/** The node and all its descendants, in source order. */
export function* within(top: Syntax): Generator<Syntax> {
  yield top;
  for (const [key, value] of Object.entries(top))
    if (key !== 'parent') for (const child of isNode(value) ? [value] : nodes(value)) yield* within(child);
}

/** The first node of a type within another, in source order. */
export function firstOf(type: string, top: Syntax | undefined): Syntax | undefined {
  for (const each of top ? within(top) : []) if (each.type === type) return each;
  return undefined;
}

/** The declarations of a file, exported or not. */
export const declarationsOf = (statements: readonly Syntax[]): Syntax[] =>
  statements.map((statement) => node(statement['declaration']) ?? statement);
