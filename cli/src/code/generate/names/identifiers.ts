import { declarationsOf, isNode, nameOf, nodes, within } from '../edits/syntax.js';
import type { Syntax } from '../edits/syntax.js';

/** A set of names that must be distinct, as one would shadow another. */
export type Scope = ReadonlySet<string>;

/**
 * The scopes of a file: first its imports, declarations and capitalized globals, then the identifiers of each of its
 * functions.
 */
export function scopesIn(statements: readonly Syntax[]): Scope[] {
  const all = statements.flatMap(identifiersIn);
  const bound = statements.flatMap(boundBy);
  const functions = statements
    .flatMap((statement) => [...within(statement)])
    .filter(({ type }) => FUNCTION.test(type));
  const scopes = functions.map((each) => new Set(identifiersIn(each)));
  return [new Set([...bound, ...all.filter((name) => /^[A-Z]/.test(name))]), ...scopes];
}

const FUNCTION = /^(FunctionDeclaration|FunctionExpression|ArrowFunctionExpression)$/;

/** The names that a statement declares or imports. */
export function boundBy(statement: Syntax): string[] {
  const [declared] = declarationsOf([statement]);
  const named = [declared!, ...nodes(declared!['declarations'])].map(({ id }) => nameOf(id));
  const imported = nodes(statement['specifiers']).map(({ local }) => nameOf(local));
  return [...named, ...imported].filter((name) => name !== undefined);
}

/** All identifiers except property names, which cannot collide. */
function identifiersIn(top: Syntax): string[] {
  const children = Object.entries(top)
    .filter(([key]) => key !== 'parent' && !isPropertyName(top, key))
    .flatMap(([, value]) => (isNode(value) ? [value] : nodes(value)));
  const own = top.type === 'Identifier' ? [nameOf(top)!] : [];
  return [...own, ...children.flatMap(identifiersIn)];
}

function isPropertyName(owner: Syntax, key: string): boolean {
  if (owner['computed']) return false;
  return owner.type === 'MemberExpression' ? key === 'property' : key === 'key' && !owner['shorthand'];
}
