import { DomainError } from '@msx/runtime';
import { Catch } from '@nestjs/common';
import type { ArgumentsHost, ExceptionFilter } from '@nestjs/common';
import { showError } from './show-error.js';

/** The part of Fastify's reply that an error needs. */
interface Reply {
  getHeader(name: string): unknown;
  header(name: string, value: string): Reply;
  status(code: number): Reply;
  send(body: unknown): unknown;
}

/**
 * Passes errors of resolvers on to GraphQL unchanged (`formatError` formats them), and answers requests that never reach
 * GraphQL, such as one with a body that is too large, with an error of the same shape.
 */
@Catch()
export class ErrorFilter implements ExceptionFilter {
  catch(exception: unknown, host: ArgumentsHost): unknown {
    if (host.getType<string>() === 'graphql') return exception;
    if (exception instanceof DomainError) return refuse(exception, host.switchToHttp().getResponse<Reply>());
    const status = statusOf(exception);
    const message = exception instanceof Error ? exception.message : '';
    const code = status < 500 ? 'BAD_REQUEST' : 'INTERNAL';
    const reply = host.switchToHttp().getResponse<Reply>();
    const requestId = String(reply.getHeader('x-request-id'));
    const error = showError({ message, extensions: { code } }, exception, requestId);
    return reply.status(status).send({ errors: [error] });
  }
}

/** The HTTP status of requests that are refused before they reach GraphQL. */
const STATUS: Partial<Record<DomainError['kind'], number>> = { forbidden: 403, unavailable: 503 };

/** For an invalid token, also in the form that OAuth clients understand (RFC 6750, 3). */
function refuse(error: DomainError, reply: Reply): unknown {
  const shown = showError({ message: error.message }, error, String(reply.getHeader('x-request-id')));
  if (error.kind !== 'unauthenticated')
    return reply.status(STATUS[error.kind] ?? 500).send({ errors: [shown] });
  const challenge = `Bearer error="invalid_token", error_description="${error.reason}"`;
  return reply
    .status(401)
    .header('www-authenticate', challenge)
    .send({ errors: [shown] });
}

/** Nest and Fastify both carry the status of an HTTP error on the error. */
function statusOf(exception: unknown): number {
  const { status, statusCode } = Object(exception) as { status?: unknown; statusCode?: unknown };
  const code = Number(status ?? statusCode);
  return code >= 400 && code < 600 ? code : 500;
}
