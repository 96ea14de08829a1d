import type { IncomingHttpHeaders } from 'node:http';

const VERSION = '13';

/** 16 bytes in base64. */
const KEY = /^[+/0-9A-Za-z]{22}==$/;

/** The problem with the WebSocket handshake of a client, if any (RFC 6455, 4.2.1). */
export function handshakeProblem(headers: IncomingHttpHeaders): string | undefined {
  if (headers['sec-websocket-version'] !== VERSION)
    return `the header \`sec-websocket-version\` must be ${VERSION}.`;
  if (!KEY.test(headers['sec-websocket-key'] ?? ''))
    return 'the header `sec-websocket-key` must be 16 bytes in base64.';
  return undefined;
}
