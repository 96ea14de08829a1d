import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { HookableServer } from './http-requests.js';

/** How long requests in flight may take to finish. */
const IN_FLIGHT_TIMEOUT_MS = 2500;

/** How long idle connections stay open, because clients may be about to send on them. */
const LINGER_MS = { development: 0, production: 2500 };

const CHECK_INTERVAL_MS = 20;

/**
 * Drains HTTP connections without losing requests: each response has `connection: close`, so that the client sends its
 * next request to another server. A connection that is closed without that might have a request on its way.
 */
export class HttpDrain {
  private draining = false;
  private inFlight = 0;

  constructor(server: HookableServer) {
    server.addHook('onRequest', (_request, reply, done) => {
      this.inFlight++;
      if (this.draining) reply.header('connection', 'close');
      done();
    });
    server.addHook('onResponse', (_request, _reply, done) => {
      this.inFlight--;
      done();
    });
  }

  async drain(server: Server, environment: string): Promise<void> {
    this.draining = true;
    const began = Date.now();
    const linger = environment === 'production' ? LINGER_MS.production : LINGER_MS.development;
    const within = (limit: number): boolean => Date.now() - began < limit;
    while (
      (this.inFlight > 0 && within(IN_FLIGHT_TIMEOUT_MS)) ||
      (within(linger) && (await connectionsOf(server)) > 0)
    )
      await delay(CHECK_INTERVAL_MS);
  }
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)));
}
