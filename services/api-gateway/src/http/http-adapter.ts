import { FastifyAdapter } from '@nestjs/platform-fastify';

export const GRAPHQL_PATH = '/graphql';

/** The largest request body that is read, in bytes. */
const BODY_LIMIT = 1024 * 1024;

export function httpAdapter(): FastifyAdapter {
  return new FastifyAdapter({ bodyLimit: BODY_LIMIT });
}
