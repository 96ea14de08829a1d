import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import { All, BadRequestException, Controller } from '@nestjs/common';
import type { RawRequestDefaultExpression } from 'fastify';
import { showError } from '../errors/show-error.js';

/** The route for requests with a malformed path, so that they are counted, logged and answered like any other. */
const MALFORMED = '/malformed-url';

/** Errors that occur before there is a request, by code. */
const CLIENT_ERRORS: Readonly<Record<string, readonly [status: number, message: string]>> = {
  ERR_HTTP_REQUEST_TIMEOUT: [408, 'the request took too long to arrive.'],
  HPE_HEADER_OVERFLOW: [431, 'the URL and the headers are too large.'],
};
const NOT_HTTP = [400, 'this is not a valid HTTP request.'] as const;

/** The URL to route: Fastify would answer one that it cannot decode without running any hook. */
export function routableUrl({ url = '/' }: RawRequestDefaultExpression): string {
  const path = /^[^?#;]*/.exec(url)![0];
  return isDecodable(path) ? url : MALFORMED;
}

@Controller(MALFORMED)
export class MalformedUrlController {
  @All()
  refuse(): never {
    throw new BadRequestException(
      'the URL is malformed: each % must start a percent-encoded UTF-8 byte, such as %20.',
    );
  }
}

/** Answers data that is not HTTP with an error in the usual shape, and ends the connection. */
export function answerInvalidRequest({ code }: Error & { code?: string }, socket: Socket): void {
  if (code === 'ECONNRESET' || socket.destroyed) return;
  const [status, message] = CLIENT_ERRORS[code ?? ''] ?? NOT_HTTP;
  const requestId = randomUUID();
  const error = showError({ message, extensions: { code: 'BAD_REQUEST' } }, undefined, requestId);
  const body = JSON.stringify({ errors: [error] });
  const head = [
    `HTTP/1.1 ${status} ${STATUS_CODES[status]}`,
    'content-type: application/json; charset=utf-8',
    `content-length: ${Buffer.byteLength(body)}`,
    `x-request-id: ${requestId}`,
    'connection: close',
  ];
  if (socket.writable) socket.write(`${head.join('\r\n')}\r\n\r\n${body}`);
  socket.destroySoon();
}

function isDecodable(path: string): boolean {
  if (!path.includes('%')) return true;
  try {
    decodeURIComponent(path);
    return true;
  } catch {
    return false;
  }
}
