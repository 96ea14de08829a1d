import { once } from 'node:events';
import { currentRequest, DomainError, ServiceContext } from '@msx/runtime';
import { Inject, Injectable } from '@nestjs/common';
import type { OnModuleDestroy, OnModuleInit } from '@nestjs/common';
import { HttpAdapterHost } from '@nestjs/core';
import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import type { WebSocket, WebSocketServer } from 'ws';
import { showError } from '../errors/show-error.js';
import { GRAPHQL_PATH } from '../http/http-adapter.js';
import { SETTINGS } from '../settings/settings.js';
import type { Settings } from '../settings/settings.js';
import { isAllowedOrigin } from './browser-origin.js';
import { Protocol } from './protocol.js';
import { SocketRoom } from './socket-room.js';
import { routeUpgrades } from './upgrades.js';
import type { Upgrade } from './upgrades.js';

/** The longest message that is read, in bytes; a subscription is a query and its variables. */
const LONGEST_MESSAGE = 64 * 1024;

/** How long clients may take to say goodbye, in milliseconds. */
const DRAIN = 1_000;

const SOCKETS = { name: 'graphql_sockets', help: 'How many sockets are open for subscriptions.', labels: [] };

/** Subscriptions over WebSockets, at the address of all else in GraphQL. Its libraries are loaded for the first client. */
@Injectable()
export class SubscriptionServer implements OnModuleInit, OnModuleDestroy {
  private opening: Promise<WebSocketServer> | undefined;
  private draining = false;
  private readonly room: SocketRoom;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly protocol: Protocol,
    @Inject(SETTINGS) private readonly settings: Settings,
    { metrics }: ServiceContext,
  ) {
    this.room = new SocketRoom(settings.sockets);
    metrics.gauge(SOCKETS, () => [{ labels: {}, value: this.room.size }]);
  }

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    routeUpgrades(fastify, GRAPHQL_PATH, (...asked) => this.take(...asked));
  }

  /** Says goodbye to all clients, who then turn to another gateway, and waits no longer than it may for theirs. */
  async onModuleDestroy(): Promise<void> {
    this.draining = true;
    const server = await this.opening?.catch(() => undefined);
    if (!server) return;
    const clients = [...server.clients];
    const gone = Promise.all(clients.map((client) => closed(client)));
    for (const client of clients) client.close(1001, 'going away');
    const timer = setTimeout(() => clients.forEach((client) => client.terminate()), DRAIN);
    await gone;
    clearTimeout(timer);
    server.close();
  }

  private async take(
    { socket, head }: Upgrade,
    request: FastifyRequest,
    reply: FastifyReply,
  ): Promise<unknown> {
    const { headers, raw, ip } = request;
    if (!isAllowedOrigin(headers.origin, headers.host, this.settings.corsOrigins))
      return reply.code(403).send(refusal(FORBIDDEN));
    this.opening ??= this.open();
    const server = await this.opening;
    const leave = this.draining ? undefined : this.room.enter(ip);
    if (!leave) return reply.code(503).send(refusal(NO_ROOM));
    if (socket.destroyed) leave();
    else socket.once('close', leave);
    const context = currentRequest()!;
    reply.hijack();
    reply.raw.detachSocket(socket as never);
    server.handleUpgrade(raw, socket, head, (client) =>
      server.emit('connection', client, { socket: client, request: context, address: ip }),
    );
    return reply;
  }

  private async open(): Promise<WebSocketServer> {
    const { WebSocketServer: Server } = await import('ws');
    const server = new Server({ noServer: true, maxPayload: LONGEST_MESSAGE, clientTracking: true });
    await this.protocol.speak(server);
    return server;
  }
}

const closed = (client: WebSocket): Promise<unknown> =>
  client.readyState === client.CLOSED ? Promise.resolve() : once(client, 'close');

const FORBIDDEN = new DomainError('FORBIDDEN', 'pages of this origin may not open sockets here.', {
  kind: 'forbidden',
});
const NO_ROOM = new DomainError('TOO_MANY_SOCKETS', 'there is no room for another socket right now.', {
  kind: 'exhausted',
});

const refusal = (error: DomainError): object => ({ errors: [showError({ message: error.message }, error)] });
