import { ServerResponse } from 'node:http';
import type { IncomingMessage } from 'node:http';
import type { Socket } from 'node:net';
import type { Duplex } from 'node:stream';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { ignoreUpgrade } from './ignore-upgrade.js';

/** A request to switch its connection to another protocol. */
export interface Upgrade {
  readonly socket: Duplex;
  readonly head: Buffer;
}

/**
 * Routes WebSocket requests through Fastify like any other, since its hooks authenticate and rate-limit; `take` gets those that
 * pass. A refused client gets an HTTP response, and the connection is closed.
 */
export function routeUpgrades(
  fastify: FastifyInstance,
  path: string,
  take: (upgrade: Upgrade, request: FastifyRequest, reply: FastifyReply) => Promise<unknown>,
): void {
  const upgrades = new WeakMap<IncomingMessage, Upgrade>();
  fastify.server.on('upgrade', (request: IncomingMessage, socket: Socket, head: Buffer) => {
    if (request.headers.upgrade?.toLowerCase() !== 'websocket')
      return ignoreUpgrade(fastify.server, request, socket, head);
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
