import { createServer } from 'node:http';
import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { portInUse } from '../service/port-in-use.js';
import { answerHealth, HEALTH_PATHS } from './health-routes.js';
import type { Health } from './health.js';

/** Health over plain HTTP on a port of its own, up from the first moment, so that a probe sees what boot waits for. */
export class HealthServer {
  private constructor(private readonly server: Server) {}

  /** @throws StartupError PORT_IN_USE */
  static async listen(health: Health, { host, port }: { host: string; port: number }): Promise<HealthServer> {
    const server = createServer((request, response) => void answer(health, request, response));
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

async function answer(health: Health, request: IncomingMessage, response: ServerResponse): Promise<void> {
  const path = HEALTH_PATHS.find((known) => known === request.url?.split('?')[0]);
  if (!path || !['GET', 'HEAD'].includes(request.method!))
    return void response.writeHead(path ? 405 : 404).end();
  const { status, body } = await answerHealth(health, path);
  response
    .writeHead(status, { 'content-type': 'application/json' })
    .end(request.method === 'HEAD' ? undefined : body);
}
