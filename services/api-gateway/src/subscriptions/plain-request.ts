import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** What only asks for another protocol: without these a request is like any other. */
const ABOUT_UPGRADES = new Set(['upgrade', 'connection', 'http2-settings']);

/**
 * Answers a request as if it had not asked for another protocol than WebSocket, as HTTP wants it (RFC 9110, 7.8): clients of
 * HTTP/2 ask in passing whether it is spoken. Node has stopped reading there, so that the server gets to read it again.
 */
export function readAgain(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let n = 0; n < rawHeaders.length; n += 2)
    if (!ABOUT_UPGRADES.has(rawHeaders[n]!.toLowerCase()))
      lines.push(`${rawHeaders[n]}: ${rawHeaders[n + 1]}`);
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
