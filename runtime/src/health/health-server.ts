import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portInUse } from '../service/port-in-use.js';
import { answerHealth, HEALTH_PATHS } from './health-routes.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Health } from './health.js';

/** What is told of a service to whoever runs it. */
export interface Told {
  readonly health: Health;
  readonly metrics: Metrics;
}

/** Health and metrics over plain HTTP on a port of its own, up from the first moment, so that a probe sees what boot waits for. */
export class HealthServer {
  private constructor(private readonly server: Server) {}

  /** @throws StartupError PORT_IN_USE */
  static async listen(told: Told, { host, port }: { host: string; port: number }): Promise<HealthServer> {
    const server = createServer((request, response) => void answer(told, request, response));
    await new Promise<void>((resolve, reject) => {
      server.once('error', (error) => reject(portInUse(error, `${host}:${port}`)));
      server.listen(port, host, resolve);
    });
    return new HealthServer(server);
  }

  get port(): number {
    return (this.server.address() as AddressInfo).port;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}

async function answer(
  { health, metrics }: Told,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const asked = request.url?.split('?')[0];
  if (asked === '/metrics' && request.method === 'GET') return answerMetrics(metrics, response);
  const path = HEALTH_PATHS.find((known) => known === asked);
  if (!path || !['GET', 'HEAD'].includes(request.method!))
    return void response.writeHead(path ? 405 : 404).end();
  const { status, body } = await answerHealth(health, path);
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(request.method === 'HEAD' ? undefined : body);
}

async function answerMetrics(metrics: Metrics, response: ServerResponse): Promise<void> {
  const { body, type } = await metrics.text();
  response.writeHead(200, { 'content-type': type }).end(body);
}
