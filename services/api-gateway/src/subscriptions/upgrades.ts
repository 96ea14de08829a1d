import { ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { readAgain } from './plain-request.js';

/** A request to speak another protocol on its connection from now on. */
export interface Upgrade {
  readonly socket: Duplex;
  readonly head: Buffer;
}

/**
 * Takes requests for a WebSocket through Fastify as if they were any other, since its hooks know who asks, and how often he
 * may; `take` gets those that have come through. Whoever is refused gets an answer in HTTP and the end of the connection.
 */
export function routeUpgrades(
  fastify: FastifyInstance,
  path: string,
  take: (upgrade: Upgrade, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  const upgrades = new WeakMap<IncomingMessage, Upgrade>();
  fastify.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket')
      return readAgain(fastify.server, request, socket, head);
    upgrades.set(request, { socket, head });
    socket.on('error', () => socket.destroy());
    const response = new ServerResponse(request);
    response.shouldKeepAlive = false;
    response.assignSocket(socket);
    response.once('finish', () => socket.end());
    fastify.routing(request, response);
  });
  fastify.addHook('preHandler', async (request, reply) => {
    const upgrade = upgrades.get(request.raw);
    if (!upgrade) return;
    const isOurs = request.method === 'GET' && request.url.split('?', 1)[0] === path;
    if (isOurs) return take(upgrade, request, reply);
  });
}
