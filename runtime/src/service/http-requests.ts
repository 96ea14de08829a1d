import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '../auth/principal.js';
import { contextFromHeaders } from '../grpc/request-metadata.js';
import type { Logger } from '../logs/logger.js';
import { runInContext } from '../logs/request-context.js';
import type { RequestContext } from '../logs/request-context.js';
import type { Metrics } from '../metrics/metrics.js';
import type { ServiceContext } from './service-context.js';

interface HookedRequest {
  readonly method: string;
  readonly url: string;
  readonly routeOptions?: { readonly url?: string };
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

type Following = Pick<ServiceContext, 'logger' | 'metrics' | 'tokens'>;

/**
 * Gives each HTTP request its context, its id in the response's `x-request-id`, and one line in the log. A request whose
 * token is not good ends here, with the DomainError that says so. The context is entered after the body is read: what runs
 * from there on descends from this hook and not from the socket.
 */
export function followRequests(server: HookableServer, { logger, metrics, tokens }: Following): void {
  const measure = measuring(metrics);
  const contexts = new WeakMap<HookedRequest, RequestContext>();
  server.addHook('onRequest', (request, reply, done) => {
    const context = contextFromHeaders((name) => request.headers[name]?.toString());
    contexts.set(request, { ...context, measured: {} });
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
    const context = contexts.get(request)!;
    measure(context, request, reply);
    runInContext(context, () => logRequest(logger, context, { request, reply }));
    done();
  });
}

/** A route as it was declared, and not its URL, of which there are as many as clients like. */
function measuring(
  metrics: Metrics,
): (context: RequestContext, request: HookedRequest, reply: HookedReply) => void {
  const requests = metrics.histogram({
    name: 'http_server_request_duration_seconds',
    help: 'How long requests took to be answered.',
    labels: ['http_method', 'http_route', 'http_status'],
  });
  const operations = metrics.histogram({
    name: 'graphql_operation_duration_seconds',
    help: 'How long operations took; the code is that of the first error of the answer.',
    labels: ['operation', 'code'],
  });
  return ({ measured }, { method, routeOptions }, { statusCode, elapsedTime }) => {
    const seconds = elapsedTime / 1000;
    requests.observe([method, routeOptions?.url ?? 'none', String(statusCode)], seconds);
    if (measured?.operation) operations.observe([measured.operation, measured.code ?? 'OK'], seconds);
  };
}

/**
 * The path without its query, which may hold what should not be logged, and of GraphQL the operation and the code of its
 * first error. Probes are not worth a line.
 */
function logRequest(
  logger: Logger,
  { measured }: RequestContext,
  {
    request: { method, url },
    reply: { statusCode, elapsedTime },
  }: { request: HookedRequest; reply: HookedReply },
): void {
  const path = url.split('?')[0]!;
  if (path.startsWith('/health/')) return;
  const ms = Math.round(elapsedTime * 10) / 10;
  logger.served('request', { method, ...measured, path, status: statusCode, ms }, 'Http');
}
