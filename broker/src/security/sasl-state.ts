import type { ErrorCode } from '../wire/error-code.js';
import type { Exchange } from './exchange.js';

/** Who a connection has authenticated as. */
export interface Identity {
  readonly user: string;
  readonly mechanism: string;
}

/**
 * How far a connection is with authentication, as in Kafka's SaslServerAuthenticator. `renewed` is the identity that a
 * reauthentication (KIP-368) has to confirm.
 */
export type SaslState =
  /** A client may ask for the versions once before it names its mechanism. */
  | { readonly phase: 'versions' }
  | { readonly phase: 'handshake'; readonly renewed?: Identity }
  | {
      readonly phase: 'exchange';
      readonly mechanism: string;
      readonly exchange: Exchange;
      /** After SaslHandshake 0, tokens come without a Kafka header (KIP-43); since KIP-152 they have one. */
      readonly framing: 'raw' | 'request';
      readonly renewed?: Identity;
    }
  | {
      readonly phase: 'authenticated';
      readonly identity: Identity;
      /** The time on the monotonic clock after which the connection is closed. */
      readonly expires?: number;
      readonly renewedAt?: number;
    }
  | { readonly phase: 'refused'; readonly reason: string };

export type SaslEvent =
  /** A request that is answered with an error does not count. */
  | { readonly kind: 'versions'; readonly isValid: boolean }
  | { readonly kind: 'handshake'; readonly version: number; readonly mechanism: string }
  | { readonly kind: 'authenticate'; readonly token: Buffer }
  | { readonly kind: 'raw-token'; readonly token: Buffer }
  | { readonly kind: 'other'; readonly name: string };

/** The two clocks, and the nonce of a mechanism that needs one. */
export interface SaslInput {
  readonly now: number;
  /** Milliseconds on a clock that never jumps. */
  readonly monotonic: number;
  readonly nonce: string;
}

export type SaslAnswer =
  /** Answered as without SASL. */
  | { readonly kind: 'pass' }
  | { readonly kind: 'handshake'; readonly errorCode: ErrorCode; readonly mechanisms: readonly string[] }
  | {
      readonly kind: 'authenticate';
      readonly errorCode: ErrorCode;
      readonly errorMessage: string;
      readonly authBytes: Buffer;
      readonly sessionLifetimeMs: number;
    }
  | { readonly kind: 'raw-token'; readonly token: Buffer }
  /** The response of whatever was requested, with an error code if it has one. */
  | { readonly kind: 'error'; readonly errorCode: ErrorCode };

export interface SaslStep {
  readonly state: SaslState;
  /** Left out where Kafka closes the connection without a response. */
  readonly answer?: SaslAnswer;
}
