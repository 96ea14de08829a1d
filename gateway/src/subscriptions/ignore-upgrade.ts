import type { IncomingMessage, Server } from 'node:http';
import type { Duplex } from 'node:stream';

/** Headers that only request another protocol. */
const UPGRADE_HEADERS = new Set(['upgrade', 'connection', 'http2-settings']);

/**
 * Ignores the request for a protocol other than WebSocket, as HTTP allows (RFC 9110, 7.8): HTTP/2 clients offer an upgrade
 * with an ordinary request. Node has stopped parsing at that point, so the server reads the request again without it.
 */
export function ignoreUpgrade(server: Server, request: IncomingMessage, socket: Duplex, head: Buffer): void {
  const { method, url, httpVersion, rawHeaders } = request;
  const lines = [`${method} ${url} HTTP/${httpVersion}`];
  for (let n = 0; n < rawHeaders.length; n += 2)
    if (!UPGRADE_HEADERS.has(rawHeaders[n]!.toLowerCase()))
      lines.push(`${rawHeaders[n]}: ${rawHeaders[n + 1]}`);
  socket.unshift(Buffer.concat([Buffer.from(`${lines.join('\r\n')}\r\n\r\n`, 'latin1'), head]));
  server.emit('connection', socket);
}
