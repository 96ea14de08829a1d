import { measureAs } from '@msx/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import type { ExecutionResult, GraphQLError, GraphQLFormattedError } from 'graphql';
import { boundedErrors } from '../../errors/bounded-errors.js';
import { showDetailed } from '../../errors/show-error.js';
import { limitErrorOf } from '../../limits/operation-limits.js';
import type { EngineOptions } from '../engine-options.js';
import { operationLabel } from '../operation-label.js';
import { readRequest } from '../http/graphql-request.js';
import type { GraphqlRequest } from '../http/graphql-request.js';
import { badRequest, RequestError } from '../http/request-error.js';
import { FALLBACK_TYPE, notAcceptable, responseTypeFor } from '../http/response-type.js';
import type { Documents } from './documents.js';

/** Reads the operation of an HTTP request, executes it, and writes its result as the HTTP response. */
export class GraphqlHandler {
  constructor(
    private readonly documents: Documents,
    private readonly options: Pick<EngineOptions, 'limits' | 'context' | 'errorDetails'>,
  ) {}

  async handle(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const type = responseTypeFor(request.headers.accept);
    void reply.header('cache-control', 'no-store').type(type ?? FALLBACK_TYPE);
    try {
      const operation = readRequest(request);
      if (!type) throw notAcceptable();
      return this.respond(await this.execute(operation, request));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      void reply.code(error.status).headers(error.headers);
      return this.respond(error);
    }
  }

  private async execute(
    { query, operationName, variables = {} }: GraphqlRequest,
    request: FastifyRequest,
  ): Promise<ExecutionResult> {
    const operation = this.documents.operation(query, operationName);
    const { schema, document, node } = operation;
    measureAs({ operation: operationLabel(node) });
    if (request.method === 'GET') requireQuery(node.operation);
    const refusal = limitErrorOf({ schema, document, operation: node, variables }, this.options.limits);
    if (refusal) throw new RequestError([refusal]);
    return operation.execute(this.options.context(request), variables);
  }

  /** Errors first: they are easy to miss below large data. */
  private respond({ data, errors }: ExecutionResult): string {
    if (!errors?.length) return JSON.stringify({ data });
    return JSON.stringify({ errors: boundedErrors(errors, (error) => this.shown(error)), data });
  }

  private shown(error: GraphQLError): GraphQLFormattedError {
    const { message, locations, path, extensions } = error;
    const cause = error.path ? (error.originalError ?? error) : error;
    return showDetailed({ message, locations, path, extensions }, cause, this.options.errorDetails);
  }
}

/** A GET must not change anything, since anyone may follow a link. The message is Apollo Server's. */
function requireQuery(operation: OperationTypeNode): void {
  if (operation === OperationTypeNode.QUERY) return;
  const message = `GET requests only support query operations, not ${operation} operations`;
  throw badRequest(message, 405, { allow: 'POST' });
}
