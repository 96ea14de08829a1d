import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portInUse } from '../startup/port-in-use.js';
import { requireTrusted } from '../hosts/trusted-hosts.js';
import type { AllowedHosts } from '../hosts/trusted-hosts.js';
import { answerHealth, HEALTH_PATHS } from './health-routes.js';
import type { Metrics } from '../metrics/metrics.js';
import type { Health } from './health.js';

/** The sources of the health port. */
export interface HealthSources {
  readonly health: Health;
  readonly metrics: Metrics;
}

interface ListenOptions {
  readonly host: string;
  readonly port: number;
  readonly allowedHosts: AllowedHosts;
}

/**
 * Health and metrics over plain HTTP on a separate port, served from the start, so that probes see what boot waits for.
 */
export class HealthServer {
  private constructor(private readonly server: Server) {}

  /** @throws StartupError PORT_IN_USE */
  static async listen(
    sources: HealthSources,
    { host, port, allowedHosts }: ListenOptions,
  ): Promise<HealthServer> {
    const server = createServer((request, response) => {
      if (refused(request, response, allowedHosts)) return;
      void answer(sources, request, response);
    });
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

function refused({ headers }: IncomingMessage, response: ServerResponse, allowed: AllowedHosts): boolean {
  try {
    requireTrusted(headers, allowed);
    return false;
  } catch (error) {
    response.writeHead(403, { 'content-type': 'text/plain' }).end(`${(error as Error).message}\n`);
    return true;
  }
}

async function answer(
  { health, metrics }: HealthSources,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const requested = request.url?.split('?')[0];
  if (requested === '/metrics' && request.method === 'GET') return answerMetrics(metrics, response);
  const path = HEALTH_PATHS.find((each) => each === requested);
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
