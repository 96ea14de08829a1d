import { FastifyAdapter } from '@nestjs/platform-fastify';
import { jsonBody } from './json-body.js';
import { answerInvalidRequest, routableUrl } from './malformed-requests.js';
import type { Settings } from '../settings/settings.js';

export const GRAPHQL_PATH = '/graphql';

/** How long a request may take to arrive, so that slow clients do not hold sockets for longer. */
const REQUEST_TIMEOUT_MS = 30_000;

/** What pages of allowed origins may send and read. */
const CORS = {
  methods: ['GET', 'POST'],
  allowedHeaders: ['content-type', 'authorization', 'idempotency-key', 'x-request-id', 'traceparent'],
  exposedHeaders: ['x-request-id', 'ratelimit', 'ratelimit-policy', 'retry-after'],
  maxAge: 600,
};

type HttpSettings = Pick<Settings, 'bodyLimit' | 'corsOrigins' | 'trustProxy'>;

export function httpAdapter({ bodyLimit, corsOrigins, trustProxy }: HttpSettings): FastifyAdapter {
  const proxies = trustProxy.length > 0 && [...trustProxy];
  const adapter = new FastifyAdapter({
    ...{ bodyLimit, trustProxy: proxies, requestTimeout: REQUEST_TIMEOUT_MS },
    ...{ rewriteUrl: routableUrl, clientErrorHandler: answerInvalidRequest },
  });
  adapter.useBodyParser('application/json', false, { bodyLimit }, jsonBody(adapter.getInstance()));
  const origin = corsOrigins.includes('*') ? '*' : [...corsOrigins];
  if (corsOrigins.length) adapter.enableCors({ ...CORS, origin });
  return adapter;
}
