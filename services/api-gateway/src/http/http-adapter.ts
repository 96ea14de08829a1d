import { FastifyAdapter } from '@nestjs/platform-fastify';
import type { Settings } from '../settings/settings.js';

export const GRAPHQL_PATH = '/graphql';

/** For how long a request may take to arrive, in milliseconds: a client that dawdles holds a socket no longer. */
const REQUEST_TIMEOUT = 30_000;

/** What pages of other origins may send and read, once an origin is let in at all. */
const CORS = {
  methods: ['GET', 'POST'],
  allowedHeaders: ['content-type', 'authorization', 'idempotency-key', 'x-request-id', 'traceparent'],
  exposedHeaders: ['x-request-id', 'ratelimit', 'ratelimit-policy', 'retry-after'],
  maxAge: 600,
};

type HttpSettings = Pick<Settings, 'bodyLimit' | 'corsOrigins' | 'trustProxy'>;

export function httpAdapter({ bodyLimit, corsOrigins, trustProxy }: HttpSettings): FastifyAdapter {
  const proxies = trustProxy.length > 0 && [...trustProxy];
  const adapter = new FastifyAdapter({ bodyLimit, trustProxy: proxies, requestTimeout: REQUEST_TIMEOUT });
  const origin = corsOrigins.includes('*') ? '*' : [...corsOrigins];
  if (corsOrigins.length) adapter.enableCors({ ...CORS, origin });
  return adapter;
}
