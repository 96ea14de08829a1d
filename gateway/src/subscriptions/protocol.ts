import { ServiceContext } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { ConnectionInitMessage, ServerOptions } from 'graphql-ws';
import type { WebSocket, WebSocketServer } from 'ws';
import { SubscriptionPreparer } from './subscription-preparer.js';
import { ResponseFormatter } from './response-formatter.js';
import { subscribePerEvent } from './per-event.js';
import type { SubscriptionArgs } from './per-event.js';
import { SocketIdentity } from './socket-identity.js';
import type { SocketExtra } from './serve-socket.js';
import type { SocketState } from './socket.js';

type Options = ServerOptions<ConnectionInitMessage['payload'], SocketExtra>;

/** How long a client may take to send `connection_init`; it counts as an open socket meanwhile. */
const INIT_TIMEOUT_MS = 10_000;

/**
 * The protocol graphql-transport-ws: a client authenticates with `connection_init`, subscribes, and gets `next` for each event.
 * Pings detect dead clients.
 *
 * @see https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
 */
@Injectable()
export class Protocol {
  constructor(
    private readonly identity: SocketIdentity,
    private readonly preparer: SubscriptionPreparer,
    private readonly formatter: ResponseFormatter,
    private readonly context: ServiceContext,
  ) {}

  /** Handles each `connection` of the server, which has the socket's state in place of the HTTP request. */
  async serve(server: WebSocketServer): Promise<void> {
    const [{ handleProtocols, makeServer }, { serveSocket }] = await Promise.all([
      import('graphql-ws'),
      import('./serve-socket.js'),
    ]);
    const protocol = makeServer<ConnectionInitMessage['payload'], SocketExtra>(this.options());
    server.options.handleProtocols = handleProtocols;
    server.on('connection', (_socket: WebSocket, state: unknown) =>
      serveSocket(protocol, state as SocketState, this.context.logger),
    );
  }

  private options(): Options {
    const { identity, preparer, formatter } = this;
    return {
      connectionInitWaitTimeout: INIT_TIMEOUT_MS,
      onConnect: async ({ extra, connectionParams }) => {
        const state = extra.request;
        const { authorization, Authorization } = connectionParams ?? {};
        const admitted = await identity.admit(state, authorization ?? Authorization);
        return admitted && { requestId: state.request.requestId };
      },
      onSubscribe: ({ extra }, _id, payload) => preparer.prepare(extra.request, payload) as never,
      subscribe: (args) => subscribePerEvent(args as SubscriptionArgs) as never,
      onNext: ({ extra }, ...[, , , result]) => formatter.format(extra.request, result) as never,
      onError: ({ extra }, ...[, , errors]) =>
        formatter.formatErrors(extra.request, errors as never) as never,
    };
  }
}
