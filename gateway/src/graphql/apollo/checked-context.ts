import type { FastifyRequest } from 'fastify';
import { GraphQLError } from 'graphql';
import type { EngineOptions } from '../engine-options.js';
import { readRequest } from '../http/graphql-request.js';
import { RequestError } from '../http/request-error.js';
import { notAcceptable, responseTypeFor } from '../http/response-type.js';

/**
 * Refuses requests before Apollo Server reads them, so that both engines refuse the same requests with the same messages. The
 * context function is the first hook that sees a request, and the last before it is executed.
 */
export function checkedContext(context: EngineOptions['context']): EngineOptions['context'] {
  return (request) => {
    try {
      check(request);
    } catch (error) {
      throw error instanceof RequestError ? forApollo(error) : error;
    }
    return context(request);
  };
}

function check(request: FastifyRequest): void {
  readRequest(request);
  if (!responseTypeFor(request.headers.accept)) throw notAcceptable();
}

/** Apollo Server takes the status and headers of a response from its error. */
function forApollo({ errors: [error], status, headers }: RequestError): GraphQLError {
  const http = { status, headers: new Map([['cache-control', 'no-store'], ...Object.entries(headers)]) };
  return new GraphQLError(error!.message, { extensions: { ...error!.extensions, http } });
}
