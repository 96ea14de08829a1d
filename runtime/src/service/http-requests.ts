import type { IncomingHttpHeaders } from 'node:http';
import type { Identity } from '../requests/identity.js';
import { contextFromHeaders } from '../grpc/wire/request-metadata.js';
import type { Logger } from '../logs/logger.js';
import { runInContext } from '../requests/request-context.js';
import type { RequestContext } from '../requests/request-context.js';
import type { Metrics } from '../metrics/metrics.js';
import type { ServiceContext } from '../context/service-context.js';

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

/** The part of a Fastify instance that tracking requests needs. */
export interface HookableServer {
  addHook(name: 'onRequest' | 'preValidation' | 'onResponse', hook: Hook): unknown;
}

type RequestServices = Pick<ServiceContext, 'logger' | 'metrics' | 'tokens'>;

/**
 * Gives each HTTP request its context, its id in the response's `x-request-id`, and one log line. A request with an
 * invalid token is rejected here with a DomainError. The context is entered after the body is read: code that runs
 * later descends from this hook and not from the socket.
 */
export function trackRequests(server: HookableServer, { logger, metrics, tokens }: RequestServices): void {
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

/** Labels by the declared route and not by the URL, because clients can send any number of URLs. */
function measuring(
  metrics: Metrics,
): (context: RequestContext, request: HookedRequest, reply: HookedReply) => void {
  const requests = metrics.histogram({
    name: 'http_server_request_duration_seconds',
    help: 'Duration of HTTP requests.',
    labels: ['http_method', 'http_route', 'http_status'],
  });
  const operations = metrics.histogram({
    name: 'graphql_operation_duration_seconds',
    help: 'Duration of GraphQL operations; the code is that of the first error of the response.',
    labels: ['operation', 'code'],
  });
  return ({ measured }, { method, routeOptions }, { statusCode, elapsedTime }) => {
    const seconds = elapsedTime / 1000;
    requests.observe([method, routeOptions?.url ?? 'none', String(statusCode)], seconds);
    if (measured?.operation) operations.observe([measured.operation, measured.code ?? 'OK'], seconds);
  };
}

/**
 * Logs the path without its query, which may contain secrets, and for GraphQL the operation and the code of the first
 * error. Health probes are not logged.
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
