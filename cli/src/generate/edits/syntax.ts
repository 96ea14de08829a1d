import { parsers } from 'prettier/plugins/typescript';
import type { ParserOptions } from 'prettier';

/**
 * A node of TypeScript as far as edits look at it: ESTree, as the parser has it that formatting takes anyway. A second
 * one would take longer to load than all edits take to make.
 */
export interface Syntax {
  readonly type: string;
  /** Where its text begins and ends. */
  readonly range: readonly [number, number];
  readonly [key: string]: unknown;
}

/** The statements of a file; undefined where it is no TypeScript. */
export function statementsOf(text: string): readonly Syntax[] | undefined {
  if (last?.text !== text) last = { text, statements: parse(text) };
  return last.statements;
}

/** One edit after the other is made in what the one before has left. */
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

/** What an identifier or a string says. */
export const nameOf = (value: unknown): string | undefined => {
  const found = node(value);
  const name = found?.type === 'Literal' ? found['value'] : found?.['name'];
  return typeof name === 'string' ? name : undefined;
};

/** The node and all within it, in the order of the text. */
export function* within(top: Syntax): Generator<Syntax> {
  yield top;
  for (const [key, value] of Object.entries(top))
    if (key !== 'parent') for (const child of isNode(value) ? [value] : nodes(value)) yield* within(child);
}

/** The first node of a type, within another and in the order of the text. */
export function firstOf(type: string, top: Syntax | undefined): Syntax | undefined {
  for (const each of top ? within(top) : []) if (each.type === type) return each;
  return undefined;
}

/** What a file declares, be it exported or not. */
export const declarationsOf = (statements: readonly Syntax[]): Syntax[] =>
  statements.map((statement) => node(statement['declaration']) ?? statement);
