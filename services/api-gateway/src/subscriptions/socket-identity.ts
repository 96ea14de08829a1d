import { DomainError, ServiceContext, TokenVerifier } from '@msx/runtime';
import type { Identity } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { WebSocket } from 'ws';
import type { SocketState } from './socket.js';

/** How a socket is closed that nobody may use, or no longer. */
const UNAUTHORIZED = 4401;

/** The longest that a timer can wait, in milliseconds. */
const LONGEST_WAIT = 2 ** 31 - 1;

/**
 * Lets in to a socket whoever proves who he is, by `authorization` in the payload of `connection_init` (a browser cannot send
 * headers), or in the headers; and for no longer than that proof is good.
 */
@Injectable()
export class SocketIdentity {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly context: ServiceContext,
  ) {}

  /** Whether he is let in; otherwise the socket is closed with the reason. */
  async admit(state: SocketState, authorization: unknown): Promise<boolean> {
    try {
      const identity = await this.identify(state, authorization);
      state.request = { ...state.request, identity };
      if (identity) closeAt(state.socket, identity);
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      state.socket.close(UNAUTHORIZED, error.reason);
      return false;
    }
  }

  private async identify({ request }: SocketState, authorization: unknown): Promise<Identity | undefined> {
    const given = authorization === undefined ? undefined : String(authorization);
    const identity = (await this.tokens.identify(given)) ?? request.identity;
    if (identity || !this.context.config.auth.required) return identity;
    throw new DomainError('UNAUTHENTICATED', 'sign in first', { kind: 'unauthenticated' });
  }
}

function closeAt(socket: WebSocket, { expiresAt }: Identity): void {
  const wait = Math.min(Math.max(expiresAt.getTime() - Date.now(), 0), LONGEST_WAIT);
  const timer = setTimeout(() => socket.close(UNAUTHORIZED, 'TOKEN_EXPIRED'), wait);
  socket.once('close', () => clearTimeout(timer));
}
