import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import type { Address } from '../broker.js';

export interface MetricsServer {
  readonly port: number;
  close(): Promise<void>;
}

const PATH = '/metrics';
/** A scraper that takes longer to send its request is disconnected. */
const REQUEST_TIMEOUT_MS = 5000;
const MAX_CONNECTIONS = 16;

/** Serves the text at `/metrics` over HTTP. Rejects with the system error if it cannot listen. */
export const serveMetrics = async ({ host, port }: Address, text: () => string): Promise<MetricsServer> => {
  // Loaded only by a broker with metrics: it takes half a megabyte.
  const { createServer } = process.getBuiltinModule('node:http');
  const server = createServer({ requestTimeout: REQUEST_TIMEOUT_MS }, (request, response) => {
    const isMetrics = request.url?.split('?')[0] === PATH;
    const isRead = request.method === 'GET' || request.method === 'HEAD';
    const status = isMetrics ? (isRead ? 200 : 405) : 404;
    response.writeHead(status, { 'content-type': 'text/plain; version=0.0.4; charset=utf-8' });
    response.end(status === 200 ? text() : `metrics are at ${PATH}\n`);
  });
  server.maxConnections = MAX_CONNECTIONS;
  server.listen(port, host);
  await once(server, 'listening');
  const close = async (): Promise<void> => {
    const closed = once(server, 'close');
    server.close();
    server.closeAllConnections();
    await closed;
  };
  return { port: (server.address() as AddressInfo).port, close };
};
