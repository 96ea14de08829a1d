/** What an exchange answers to a token of the client. */
export type Verdict =
  | { readonly kind: 'challenge'; readonly token: Buffer; readonly next: Exchange }
  | { readonly kind: 'accepted'; readonly token: Buffer; readonly user: string; readonly expiresAt?: number }
  /** Without a message, the client is told only that its credentials are invalid, like Kafka's SaslException. */
  | { readonly kind: 'refused'; readonly message?: string };

/** What a mechanism needs besides the token; a value, so that an exchange stays a pure function. */
export interface ExchangeInput {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Unpredictable printable characters without a comma. */
  readonly nonce: string;
}

/** The next step of a mechanism's conversation with one client. */
export type Exchange = (token: Buffer, input: ExchangeInput) => Verdict;

/** The mechanisms of a listener and how each begins, in the order in which clients are told them. */
export type Mechanisms = ReadonlyMap<string, Exchange>;
