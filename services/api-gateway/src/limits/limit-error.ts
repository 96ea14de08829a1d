import { GraphQLError } from 'graphql';
import type { ASTNode, GraphQLFormattedError } from 'graphql';
import type { QueryLimits } from './query-limits.js';

/** An operation that is refused for its size; clients get `{ code, limit, actual }`. */
export interface Excess {
  readonly code: string;
  readonly limit: number;
  /** Unknown where counting stops at the limit. */
  readonly actual?: number;
}

const REFUSALS = {
  depth: { code: 'QUERY_TOO_DEEP', of: 'levels' },
  cost: { code: 'QUERY_TOO_COSTLY', of: 'objects to answer' },
  aliases: { code: 'TOO_MANY_ALIASES', of: 'aliases' },
  rootFields: { code: 'TOO_MANY_ROOT_FIELDS', of: 'root fields' },
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

/** The errors of one operation, for what it `has` more of than `limits` allow. */
export function excessesOf(
  has: Partial<Record<keyof typeof REFUSALS, number>>,
  limits: QueryLimits,
  node: ASTNode,
): LimitError[] {
  const kinds = Object.keys(has) as (keyof typeof REFUSALS)[];
  return kinds
    .filter((kind) => has[kind]! > limits[kind])
    .map((kind) => new LimitError(kind, { limit: limits[kind], actual: has[kind]! }, node));
}

/**
 * What of an error is about size. The GraphQL server wraps what its rules report, and the parser has no code for its own
 * limit, only words.
 */
export function excessIn({ message }: GraphQLFormattedError, cause: unknown): Excess | undefined {
  const original = cause instanceof GraphQLError ? cause.originalError : undefined;
  const error = [cause, original].find((one) => one instanceof LimitError);
  if (error) return error.excess;
  const [, tokens] = /^Syntax Error: Document contains more tha[nt] (\d+) tokens/.exec(message) ?? [];
  return tokens ? { code: 'TOO_MANY_TOKENS', limit: Number(tokens) } : undefined;
}
