import { DomainError } from '@msx/runtime';
import { GraphQLError } from 'graphql';
import type { GraphQLFormattedError } from 'graphql';
import { excessIn } from '../limits/limit-error.js';

/** The keys of a DomainError's metadata that are meant for clients, with their names in `extensions`. Values are JSON. */
export type ErrorDetails = Readonly<Record<string, string>>;

/** The details of the gateway's own errors. */
const OWN_DETAILS: ErrorDetails = { fields: 'validation', retryAfter: 'retryAfter' };

/** The context in which an error is formatted. */
export interface ErrorContext {
  readonly requestId?: string;
  /** In addition to the details of the gateway's own errors. */
  readonly details?: ErrorDetails;
}

/** Codes that the GraphQL server gives to requests that it does not execute. */
const CLIENT_MISTAKES = new Set([
  'GRAPHQL_PARSE_FAILED',
  'GRAPHQL_VALIDATION_FAILED',
  'BAD_USER_INPUT',
  'BAD_REQUEST',
  'OPERATION_RESOLUTION_FAILURE',
  'PERSISTED_QUERY_NOT_SUPPORTED',
]);

/** An error as clients see it, and whether it is a defect to be logged. */
export interface ShownError {
  readonly shown: GraphQLFormattedError;
  readonly unexpected: boolean;
}

/**
 * The only way for errors to leave the gateway: a domain error with its reason, an invalid request with the message of the
 * GraphQL server, and everything else as INTERNAL without any internals.
 */
export function formatError(
  formatted: GraphQLFormattedError,
  cause: unknown,
  { requestId, details }: ErrorContext = {},
): ShownError {
  const { locations, path } = formatted;
  const place = { ...(locations && { locations }), ...(path && { path }) };
  if (cause instanceof DomainError && cause.kind !== 'internal') {
    const extensions = { code: cause.reason, ...detailsOf(cause, details), requestId };
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
  const message = `internal error; quote ${requestId ? `request id ${requestId}` : 'the time'} when you report it.`;
  return { shown: { message, ...place, extensions: { code: 'INTERNAL', requestId } }, unexpected: true };
}

/**
 * A nullable variable was null where the argument may not be. Only execution finds that, and reports it without a code
 * (GraphQL, 6.4.1).
 */
function isArgumentMistake(cause: unknown): boolean {
  return cause instanceof GraphQLError && !cause.originalError && /^Argument "/.test(cause.message);
}

/** The error of a service that is down names internal addresses. */
function messageOf(error: DomainError): string {
  return error.kind === 'unavailable'
    ? 'a part of the system is unavailable right now; try again.'
    : error.message;
}

function detailsOf({ metadata }: DomainError, details?: ErrorDetails): Record<string, unknown> {
  const present = Object.entries({ ...OWN_DETAILS, ...details }).filter(
    ([key]) => metadata[key] !== undefined,
  );
  return Object.fromEntries(present.map(([key, shown]) => [shown, JSON.parse(metadata[key]!)]));
}
