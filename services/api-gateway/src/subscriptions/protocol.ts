import { ServiceContext } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { ConnectionInitMessage, ServerOptions } from 'graphql-ws';
import type { WebSocket, WebSocketServer } from 'ws';
import { Operations } from './operations.js';
import { subscribePerEvent } from './per-event.js';
import type { SubscriptionArgs } from './per-event.js';
import { SocketIdentity } from './socket-identity.js';
import type { SocketExtra } from './serve-socket.js';
import type { SocketState } from './socket.js';

type Options = ServerOptions<ConnectionInitMessage['payload'], SocketExtra>;

/** How long a client may take to say who it is, in milliseconds; it holds a place meanwhile. */
const INTRODUCTION = 10_000;

/**
 * The protocol graphql-transport-ws: a client says who it is by `connection_init`, subscribes as often as it may, and gets
 * `next` for each event. Pings find clients that are gone.
 *
 * @see https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
 */
@Injectable()
export class Protocol {
  constructor(
    private readonly identity: SocketIdentity,
    private readonly operations: Operations,
    private readonly context: ServiceContext,
  ) {}

  /** On each `connection` of the server, which comes with its state where there usually is the HTTP request. */
  async speak(server: WebSocketServer): Promise<void> {
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
    const { identity, operations } = this;
    return {
      connectionInitWaitTimeout: INTRODUCTION,
      onConnect: async ({ extra, connectionParams }) => {
        const state = extra.request;
        const { authorization, Authorization } = connectionParams ?? {};
        const admitted = await identity.admit(state, authorization ?? Authorization);
        return admitted && { requestId: state.request.requestId };
      },
      onSubscribe: ({ extra, subscriptions }, _id, wanted) =>
        operations.prepare(extra.request, wanted, Object.keys(subscriptions).length) as never,
      subscribe: (args) => subscribePerEvent(args as SubscriptionArgs) as never,
      onNext: ({ extra }, ...[, , , result]) => operations.shown(extra.request, result) as never,
      onError: ({ extra }, ...[, , errors]) =>
        operations.shownErrors(extra.request, errors as never) as never,
    };
  }
}
