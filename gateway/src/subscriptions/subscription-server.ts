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
import { handshakeProblem } from './handshake.js';
import { OwnedSubscriptions } from './owned-subscriptions.js';
import { Protocol } from './protocol.js';
import type { SocketState } from './socket.js';
import { SocketLimit } from './socket-limit.js';
import { routeUpgrades } from './upgrades.js';
import type { Upgrade } from './upgrades.js';

/** The maximum size of a message; a subscription is a query and its variables. */
const MAX_MESSAGE_BYTES = 64 * 1024;

/** How long clients may take to close their sockets at shutdown. */
const DRAIN_TIMEOUT_MS = 1_000;

const SOCKETS = {
  name: 'graphql_sockets',
  help: 'The number of open sockets for subscriptions.',
  labels: [],
};

/** Subscriptions over WebSockets, at the GraphQL endpoint. The libraries are loaded for the first client. */
@Injectable()
export class SubscriptionServer implements OnModuleInit, OnModuleDestroy {
  private opening: Promise<WebSocketServer> | undefined;
  private draining = false;
  private readonly limit: SocketLimit;

  constructor(
    private readonly host: HttpAdapterHost,
    private readonly protocol: Protocol,
    @Inject(SETTINGS) private readonly settings: Settings,
    { metrics }: ServiceContext,
  ) {
    this.limit = new SocketLimit(settings.sockets);
    metrics.gauge(SOCKETS, () => [{ labels: {}, value: this.limit.size }]);
  }

  onModuleInit(): void {
    const fastify = this.host.httpAdapter.getInstance<FastifyInstance>();
    routeUpgrades(fastify, GRAPHQL_PATH, (...upgrade) => this.take(...upgrade));
  }

  /** Closes all sockets, so that clients connect to another gateway, and waits for them up to the timeout. */
  async onModuleDestroy(): Promise<void> {
    this.draining = true;
    const server = await this.opening?.catch(() => undefined);
    if (!server) return;
    const clients = [...server.clients];
    const allClosed = Promise.all(clients.map((client) => closed(client)));
    for (const client of clients) client.close(1001, 'going away');
    const timer = setTimeout(() => clients.forEach((client) => client.terminate()), DRAIN_TIMEOUT_MS);
    await allClosed;
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
    const problem = handshakeProblem(headers);
    if (problem) return reply.code(400).header('sec-websocket-version', '13').send(badHandshake(problem));
    this.opening ??= this.open();
    const server = await this.opening;
    const release = this.draining ? undefined : this.limit.acquire(ip);
    if (!release) return reply.code(503).send(refusal(TOO_MANY_SOCKETS));
    if (socket.destroyed) release();
    else socket.once('close', release);
    const context = currentRequest()!;
    reply.hijack();
    reply.raw.detachSocket(socket as never);
    server.handleUpgrade(raw, socket, head, (client) => {
      const subscriptions = new OwnedSubscriptions();
      const state: SocketState = { socket: client, request: context, address: ip, subscriptions };
      server.emit('connection', client, state);
    });
    return reply;
  }

  private async open(): Promise<WebSocketServer> {
    const { WebSocketServer: Server } = await import('ws');
    const server = new Server({ noServer: true, maxPayload: MAX_MESSAGE_BYTES, clientTracking: true });
    await this.protocol.serve(server);
    return server;
  }
}

const closed = (client: WebSocket): Promise<unknown> =>
  client.readyState === client.CLOSED ? Promise.resolve() : once(client, 'close');

const FORBIDDEN = new DomainError(
  'FORBIDDEN',
  'pages of this origin may not open sockets here: see CORS_ORIGINS.',
  {
    kind: 'forbidden',
  },
);
const TOO_MANY_SOCKETS = new DomainError(
  'TOO_MANY_SOCKETS',
  'the maximum number of sockets is reached; try again later.',
  {
    kind: 'exhausted',
  },
);

const badHandshake = (message: string): object => ({
  errors: [showError({ message, extensions: { code: 'BAD_REQUEST' } }, undefined)],
});

const refusal = (error: DomainError): object => ({ errors: [showError({ message: error.message }, error)] });
