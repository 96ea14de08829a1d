import { DomainError, ServiceContext, TokenVerifier } from '@msx/runtime';
import type { Identity } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { WebSocket } from 'ws';
import type { SocketState } from './socket.js';

/** The close code of a socket whose client is not, or no longer, authenticated. */
const UNAUTHORIZED = 4401;

/** How often the session of a socket is checked. */
const CHECK_INTERVAL_MS = 5_000;

/** The maximum delay of a timer. */
const MAX_DELAY_MS = 2 ** 31 - 1;

/**
 * Authenticates the client of a socket by `authorization` in the payload of `connection_init` (browsers cannot send headers) or
 * in the headers, and closes the socket when the token is no longer valid.
 */
@Injectable()
export class SocketIdentity {
  constructor(
    private readonly tokens: TokenVerifier,
    private readonly context: ServiceContext,
  ) {}

  /** Whether the client is authenticated; otherwise the socket is closed with the reason. */
  async admit(state: SocketState, authorization: unknown): Promise<boolean> {
    try {
      const identity = await this.identify(state, authorization);
      state.request = { ...state.request, identity };
      if (identity) this.closeWith(state.socket, identity);
      return true;
    } catch (error) {
      if (!(error instanceof DomainError)) throw error;
      state.socket.close(UNAUTHORIZED, error.reason);
      return false;
    }
  }

  /** Closes the socket when the token expires, or its session ends. */
  private closeWith(socket: WebSocket, { token, expiresAt }: Identity): void {
    const wait = Math.min(Math.max(expiresAt.getTime() - Date.now(), 0), MAX_DELAY_MS);
    const expiry = setTimeout(() => socket.close(UNAUTHORIZED, 'TOKEN_EXPIRED'), wait);
    const refused = ({ kind, reason }: DomainError): void => {
      if (kind === 'unauthenticated') socket.close(UNAUTHORIZED, reason);
    };
    const check = setInterval(() => void this.tokens.verify(token).catch(refused), CHECK_INTERVAL_MS);
    socket.once('close', () => {
      clearTimeout(expiry);
      clearInterval(check);
    });
  }

  private async identify({ request }: SocketState, authorization: unknown): Promise<Identity | undefined> {
    const header = authorization === undefined ? undefined : String(authorization);
    const identity = (await this.tokens.identify(header)) ?? request.identity;
    if (identity || !this.context.config.auth.required) return identity;
    throw new DomainError('UNAUTHENTICATED', 'sign in first', { kind: 'unauthenticated' });
  }
}
