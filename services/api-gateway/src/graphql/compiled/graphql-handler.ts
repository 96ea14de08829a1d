import { measureAs } from '@msx/runtime';
import type { FastifyReply, FastifyRequest } from 'fastify';
import { OperationTypeNode } from 'graphql';
import type { ExecutionResult, GraphQLError } from 'graphql';
import { showError } from '../../errors/show-error.js';
import { refusalOf } from '../../limits/operation-limits.js';
import type { EngineOptions } from '../engine-options.js';
import { operationLabel } from '../operation-label.js';
import { readRequest } from '../http/graphql-request.js';
import type { GraphqlRequest } from '../http/graphql-request.js';
import { badRequest, RequestError } from '../http/request-error.js';
import { FALLBACK_TYPE, notAcceptable, responseTypeFor } from '../http/response-type.js';
import type { Documents } from './documents.js';

/** From an HTTP request to its operation, and from the operation's result to an HTTP answer. */
export class GraphqlHandler {
  constructor(
    private readonly documents: Documents,
    private readonly options: Pick<EngineOptions, 'limits' | 'context'>,
  ) {}

  async handle(request: FastifyRequest, reply: FastifyReply): Promise<string> {
    const type = responseTypeFor(request.headers.accept);
    void reply.header('cache-control', 'no-store').type(type ?? FALLBACK_TYPE);
    try {
      const asked = readRequest(request);
      if (!type) throw notAcceptable();
      return answer(await this.execute(asked, request));
    } catch (error) {
      if (!(error instanceof RequestError)) throw error;
      void reply.code(error.status).headers(error.headers);
      return answer(error);
    }
  }

  private async execute(
    { query, operationName, variables = {} }: GraphqlRequest,
    request: FastifyRequest,
  ): Promise<ExecutionResult> {
    const operation = this.documents.operation(query, operationName);
    const { schema, document, node } = operation;
    measureAs({ operation: operationLabel(node) });
    if (request.method === 'GET') mayBeRead(node.operation);
    const refusal = refusalOf({ schema, document, operation: node, variables }, this.options.limits);
    if (refusal) throw new RequestError([refusal]);
    return operation.execute(this.options.context(request), variables);
  }
}

/** A GET changes nothing: links are followed by whoever finds them. In the words of Apollo Server. */
function mayBeRead(operation: OperationTypeNode): void {
  if (operation === OperationTypeNode.QUERY) return;
  const message = `GET requests only support query operations, not ${operation} operations`;
  throw badRequest(message, 405, { allow: 'POST' });
}

/** Errors first: whoever reads the answer sees them. */
function answer({ data, errors }: ExecutionResult): string {
  return JSON.stringify(errors?.length ? { errors: errors.map(shown), data } : { data });
}

function shown(error: GraphQLError): object {
  const { message, locations, path, extensions } = error;
  return showError(
    { message, locations, path, extensions },
    error.path ? (error.originalError ?? error) : error,
  );
}
