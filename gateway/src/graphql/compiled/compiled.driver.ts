import { Injectable } from '@nestjs/common';
import { AbstractGraphQLDriver } from '@nestjs/graphql';
import type { FastifyInstance } from 'fastify';
import type { EngineOptions } from '../engine-options.js';
import { Documents } from './documents.js';
import { GraphqlHandler } from './graphql-handler.js';

/** GraphQL over HTTP on Fastify, executed by graphql-js, or compiled by graphql-jit. */
@Injectable()
export class CompiledDriver extends AbstractGraphQLDriver<EngineOptions> {
  async start({ schema, path, limits, context, errorDetails, ...rest }: EngineOptions): Promise<void> {
    const documents = new Documents(schema!, { ...rest, maxTokens: limits.tokens });
    const handler = new GraphqlHandler(documents, { limits, context, errorDetails });
    this.httpAdapterHost.httpAdapter.getInstance<FastifyInstance>().route({
      url: path,
      method: ['GET', 'POST', 'OPTIONS'],
      handler: (request, reply) => handler.handle(request, reply),
    });
  }

  /** Nothing to do: Fastify waits for requests in flight. */
  async stop(): Promise<void> {}
}
