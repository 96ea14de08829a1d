import { GraphQLError } from 'graphql';
import type { GraphQLErrorOptions } from 'graphql';

/** A request that is answered with errors and without data, with a matching HTTP status. */
export class RequestError extends Error {
  constructor(
    readonly errors: readonly GraphQLError[],
    readonly status = 400,
    readonly headers: Readonly<Record<string, string>> = {},
  ) {
    super(errors[0]?.message);
  }
}

export function badRequest(message: string, status?: number, headers?: Record<string, string>): RequestError {
  return new RequestError([codedError('BAD_REQUEST', new GraphQLError(message))], status, headers);
}

/** The same error with one of the common codes of GraphQL servers. */
export function codedError(code: string, error: GraphQLError): GraphQLError {
  const { nodes, source, positions, path } = error;
  const options: GraphQLErrorOptions = { nodes, source, positions, path, originalError: error };
  return new GraphQLError(error.message, { ...options, extensions: { ...error.extensions, code } });
}
