import { DomainError } from '@msx/runtime';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { excessIn } from '../limits/limit-error.js';

/** The parts of a DomainError's metadata that are meant for clients, each JSON text, and what they are called there. */
const DETAILS = {
  fields: 'validation',
  productIds: 'productIds',
  shortages: 'shortages',
  prices: 'prices',
  totalAmount: 'totalAmount',
  retryAfter: 'retryAfter',
};

/** Codes that the GraphQL server gives to requests it does not even execute. */
const CLIENT_MISTAKES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** An error as clients see it, and whether somebody has to look into it. */
export interface ShownError {
  readonly shown: GraphQLFormattedError;
  readonly unexpected: boolean;
}

/**
 * The one way errors leave the gateway: a domain error by its reason, a mistake in the request as the GraphQL
 * server words it, and everything else as INTERNAL without a word about the inside.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  cause: unknown,
  requestId?: string,
): ShownError {
  const { locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (cause instanceof DomainError && cause.kind !== 'internal') {
    const extensions = { code: cause.reason, ...detailsOf(cause), requestId };
    return { shown: { message: messageOf(cause), ...place, extensions }, unexpected: false };
  }
  const excess = excessIn(formatted, cause);
  if (excess) {
    const extensions = { ...excess, requestId };
    return { shown: { message: formatted.message, ...place, extensions }, unexpected: false };
  }
  const code = isArgumentMistake(cause) ? 'BAD_USER_INPUT' : String(formatted.extensions?.code);
  if (!(cause instanceof DomainError) && CLIENT_MISTAKES.has(code)) {
    return {
      shown: { message: formatted.message, ...place, extensions: { code, requestId } },
      unexpected: false,
    };
  }
  const message = `something went wrong on our side; quote ${requestId ? `request id ${requestId}` : 'the time'} when you report it.`;
  return { shown: { message, ...place, extensions: { code: 'INTERNAL', requestId } }, unexpected: true };
}

/**
 * A variable that may be null was null in an argument that may not. Only execution finds that, and words it without a code
 * (GraphQL, 6.4.1).
 */
function isArgumentMistake(cause: unknown): boolean {
  return cause instanceof GraphQLError && !cause.originalError && /^Argument "/.test(cause.message);
}

/** A service that is away words its error with addresses of the inside. */
function messageOf(error: DomainError): string {
  return error.kind === 'unavailable'
    ? 'a part of the system does not answer right now; try again.'
    : error.message;
}

function detailsOf({ metadata }: DomainError): Record<string, unknown> {
  const known = Object.entries(DETAILS).filter(([key]) => metadata[key] !== undefined);
  return Object.fromEntries(known.map(([key, shown]) => [shown, JSON.parse(metadata[key]!)]));
}
