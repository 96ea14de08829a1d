import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '../auth/principal.js';
import type { TokenVerifier } from '../auth/token-verifier.js';
import { contextFromHeaders } from '../grpc/request-metadata.js';
import type { Logger } from '../logs/logger.js';
import { runInContext } from '../logs/request-context.js';
import type { RequestContext } from '../logs/request-context.js';

interface HookedRequest {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

interface HookedReply {
  readonly statusCode: number;
  readonly elapsedTime: number;
  header(name: string, value: string): unknown;
}

type Hook = (request: HookedRequest, reply: HookedReply, done: (error?: Error) => void) => void;

/** The part of a Fastify instance that following requests takes. */
export interface HookableServer {
  addHook(name: 'onRequest' | 'preValidation' | 'onResponse', hook: Hook): unknown;
}

/**
 * Gives each HTTP request its context, its id in the response's `x-request-id`, and one line in the log. A request whose
 * token is not good ends here, with the DomainError that says so. The context is entered after the body is read: what runs
 * from there on descends from this hook and not from the socket.
 */
export function followRequests(server: HookableServer, logger: Logger, tokens: TokenVerifier): void {
  const contexts = new WeakMap<HookedRequest, RequestContext>();
  server.addHook('onRequest', (request, reply, done) => {
    const context = contextFromHeaders((name) => request.headers[name]?.toString());
    contexts.set(request, context);
    reply.header('x-request-id', context.requestId);
    done();
  });
  server.addHook('preValidation', (request, _reply, done) => {
    const enter = (identity?: Identity): void => {
      const context = { ...contexts.get(request)!, identity };
      contexts.set(request, context);
      runInContext(context, done);
    };
    const { authorization } = request.headers;
    if (authorization === undefined) return enter();
    tokens.identify(authorization).then(enter, done);
  });
  server.addHook('onResponse', (request, reply, done) => {
    runInContext(contexts.get(request)!, () => logRequest(logger, request, reply));
    done();
  });
}

/** The path without its query, which may hold what should not be logged. Probes are not worth a line. */
function logRequest(
  logger: Logger,
  { method, url }: HookedRequest,
  { statusCode, elapsedTime }: HookedReply,
): void {
  const path = url.split('?')[0]!;
  if (path.startsWith('/health/')) return;
  const ms = Math.round(elapsedTime * 10) / 10;
  logger.log('request', { method, path, status: statusCode, ms }, 'Http');
}
