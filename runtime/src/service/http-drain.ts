import type { Server } from 'node:http';
import { setTimeout as delay } from 'node:timers/promises';
import type { HookableServer } from './http-requests.js';

/** How long requests in hand may take, in milliseconds. */
const IN_HAND = 2500;

/** How long connections that idle are left to those who may be about to send on them, in milliseconds. */
const LINGER = { development: 0, production: 2500 };

const LOOK_EVERY = 20;

/**
 * Ends HTTP connections so that no request is lost: each answer says that its connection ends with it, and the client
 * sends its next request to somebody else. What is closed under a client's hands is what it may be sending on just then.
 */
export class HttpDrain {
  private draining = false;
  private inHand = 0;

  constructor(server: HookableServer) {
    server.addHook('onRequest', (_request, reply, done) => {
      this.inHand++;
      if (this.draining) reply.header('connection', 'close');
      done();
    });
    server.addHook('onResponse', (_request, _reply, done) => {
      this.inHand--;
      done();
    });
  }

  async drain(server: Server, environment: string): Promise<void> {
    this.draining = true;
    const began = Date.now();
    const linger = environment === 'production' ? LINGER.production : LINGER.development;
    const within = (limit: number): boolean => Date.now() - began < limit;
    while ((this.inHand > 0 && within(IN_HAND)) || (within(linger) && (await connectionsOf(server)) > 0))
      await delay(LOOK_EVERY);
  }
}

function connectionsOf(server: Server): Promise<number> {
  return new Promise((resolve) => server.getConnections((error, count) => resolve(error ? 0 : count)));
}
