import type { RequestContext } from '@msx/runtime';
import type { WebSocket } from 'ws';
import type { OwnedSubscriptions } from './owned-subscriptions.js';

/** The state of a client's socket, which is one request however many subscriptions it has. */
export interface SocketState {
  readonly socket: WebSocket;
  /** With the identity, once the client is authenticated. */
  request: RequestContext;
  readonly address: string;
  readonly subscriptions: OwnedSubscriptions;
}
