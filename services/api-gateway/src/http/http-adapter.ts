import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { FastifyInstance } from 'fastify';
import { servePlayground } from '../playground/serve-playground.js';

export const GRAPHQL_PATH = '/graphql';

/** The largest request body that is read, in bytes. */
const BODY_LIMIT = 1024 * 1024;

/** The HTTP server; `playground` adds GraphiQL for browsers. */
export function httpAdapter({ playground }: { playground: boolean }): FastifyAdapter {
  const adapter = new FastifyAdapter({ bodyLimit: BODY_LIMIT });
  if (playground) servePlayground(adapter.getInstance<FastifyInstance>(), GRAPHQL_PATH);
  return adapter;
}
