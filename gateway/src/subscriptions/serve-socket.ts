import type { Logger } from '@msx/runtime';
import { CloseCode } from 'graphql-ws';
import type { Server } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import type { SocketState } from './socket.js';

/** The interval of pings; a client that has not responded by the next one is disconnected. */
const PING_INTERVAL_MS = 12_000;

/** The maximum of unread data when a client sends more: one that only sends is disconnected. */
const MAX_UNREAD_BYTES = 4 * 1024 * 1024;

/** The server-side context of a socket, in addition to the client's own messages. */
export interface SocketExtra {
  readonly request: SocketState;
}

/**
 * Connects a socket to the protocol. Errors of clients are handled by the protocol; only our own errors are logged.
 */
export function serveSocket(server: Server<SocketExtra>, state: SocketState, logger: Logger): void {
  const { socket, subscriptions } = state;
  const fail = (error: unknown): void => {
    logger.error(error instanceof Error ? error : String(error));
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  };
  socket.on('error', ({ message }) => logger.debug('A socket failed', { reason: message }, 'Graphql'));
  const take = async (data: RawData, handle: (text: string) => Promise<void>): Promise<void> => {
    if (await subscriptions.take(String(data), handle)) return;
    socket.close(CloseCode.SubscriberAlreadyExists, 'Subscriber already exists');
  };
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (message) => send(state, message),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (handle) => socket.on('message', (data: RawData) => void take(data, handle).catch(fail)),
    },
    { request: state },
  );
  for (const event of ['message', 'ping'])
    socket.on(event, () => void (socket.bufferedAmount > MAX_UNREAD_BYTES && socket.terminate()));
  const pings = setInterval(pinger(socket), PING_INTERVAL_MS);
  socket.once('close', (code, reason) => {
    clearInterval(pings);
    void closed(code, String(reason)).catch(fail);
  });
}

/** Resolves when the message is handed to the network, so that slow readers are not sent more than it takes. */
function send({ socket, subscriptions }: SocketState, message: string): Promise<void> {
  const shown = subscriptions.outgoing(message);
  if (shown === undefined || socket.readyState !== socket.OPEN) return Promise.resolve();
  return new Promise((resolve) => socket.send(shown, () => resolve()));
}

function pinger(socket: WebSocket): () => void {
  let alive = true;
  socket.on('pong', () => (alive = true));
  return () => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  };
}
