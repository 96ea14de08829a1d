import type { RequestContext } from '@msx/runtime';
import type { WebSocket } from 'ws';

/** What is known of a client's socket, which is one request however many subscriptions it carries. */
export interface SocketState {
  readonly socket: WebSocket;
  /** With the identity, once that is known. */
  request: RequestContext;
  readonly address: string;
}
