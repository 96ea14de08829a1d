import type { Logger } from '@msx/runtime';
import { CloseCode } from 'graphql-ws';
import type { Server } from 'graphql-ws';
import type { RawData, WebSocket } from 'ws';
import type { SocketState } from './socket.js';

/** How often a client is asked for a sign of life, in milliseconds; without one until the next time it is taken for dead. */
const PULSE = 12_000;

/** What the protocol is told of a socket, beside the client's own words. */
export interface SocketExtra {
  readonly request: SocketState;
}

/**
 * Lets the protocol speak over a socket. What a client does wrong is between it and the protocol; only what goes wrong here is
 * logged.
 */
export function serveSocket(server: Server<SocketExtra>, state: SocketState, logger: Logger): void {
  const { socket } = state;
  const fail = (error: unknown): void => {
    logger.error(error instanceof Error ? error : String(error));
    socket.close(CloseCode.InternalServerError, 'Internal server error');
  };
  socket.on('error', ({ message }) => logger.debug('A socket failed', { reason: message }, 'Graphql'));
  const closed = server.opened(
    {
      protocol: socket.protocol,
      send: (message) => send(socket, message),
      close: (code, reason) => socket.close(code, reason),
      onMessage: (take) => socket.on('message', (data: RawData) => void take(String(data)).catch(fail)),
    },
    { request: state },
  );
  const pulse = setInterval(beat(socket), PULSE);
  socket.once('close', (code, reason) => {
    clearInterval(pulse);
    void closed(code, String(reason)).catch(fail);
  });
}

/** Resolves when it is on its way, so that whoever reads slowly is sent no more than the network takes. */
function send(socket: WebSocket, message: string): Promise<void> {
  if (socket.readyState !== socket.OPEN) return Promise.resolve();
  return new Promise((resolve) => socket.send(message, () => resolve()));
}

function beat(socket: WebSocket): () => void {
  let alive = true;
  socket.on('pong', () => (alive = true));
  return () => {
    if (!alive) return socket.terminate();
    alive = false;
    socket.ping();
  };
}
