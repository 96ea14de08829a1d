import { GraphQLError } from 'graphql';
import type { ASTNode, GraphQLFormattedError } from 'graphql';
import type { QueryLimits } from './query-limits.js';

/** Why an operation is refused for its size; clients get `{ code, limit, actual }`. */
export interface Excess {
  readonly code: string;
  readonly limit: number;
  /** Unset where counting stops at the limit. */
  readonly actual?: number;
}

const REFUSALS = {
  depth: { code: 'QUERY_TOO_DEEP', of: 'levels' },
  cost: { code: 'QUERY_TOO_COSTLY', of: 'objects in its response' },
  aliases: { code: 'TOO_MANY_ALIASES', of: 'aliases' },
  rootFields: { code: 'TOO_MANY_ROOT_FIELDS', of: 'root fields' },
  listLength: { code: 'LIST_TOO_LONG', of: 'entries in a list of its variables' },
} as const;

export class LimitError extends GraphQLError {
  readonly excess: Excess;

  constructor(kind: keyof typeof REFUSALS, excess: Omit<Excess, 'code'>, node: ASTNode) {
    const { code, of } = REFUSALS[kind];
    super(`the query has ${excess.actual} ${of}; ${excess.limit} are allowed.`, {
      nodes: node,
      extensions: { code, http: { status: 400 } },
    });
    this.excess = { code, ...excess };
  }
}

/** The errors of one operation, for each figure that exceeds its limit. */
export function excessesOf(
  actual: Partial<Record<keyof typeof REFUSALS, number>>,
  limits: QueryLimits,
  node: ASTNode,
): LimitError[] {
  const kinds = Object.keys(actual) as (keyof typeof REFUSALS)[];
  return kinds
    .filter((kind) => actual[kind]! > limits[kind])
    .map((kind) => new LimitError(kind, { limit: limits[kind], actual: actual[kind]! }, node));
}

/**
 * The excess that an error is about, if any. The GraphQL server wraps errors of validation rules, and the parser reports its
 * own limit only in the message.
 */
export function excessIn({ message }: GraphQLFormattedError, cause: unknown): Excess | undefined {
  const original = cause instanceof GraphQLError ? cause.originalError : undefined;
  const error = [cause, original].find((one) => one instanceof LimitError);
  if (error) return error.excess;
  const [, tokens] = /^Syntax Error: Document contains more tha[nt] (\d+) tokens/.exec(message) ?? [];
  return tokens ? { code: 'TOO_MANY_TOKENS', limit: Number(tokens) } : undefined;
}
