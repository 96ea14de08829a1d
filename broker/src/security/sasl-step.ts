import { ErrorCode } from '../wire/error-code.js';
import type { Mechanisms, Verdict } from './exchange.js';
import type { Identity, SaslAnswer, SaslEvent, SaslInput, SaslState, SaslStep } from './sasl-state.js';

export interface SaslPolicy {
  readonly mechanisms: Mechanisms;
  /** Clients must reauthenticate within this time (Kafka's connections.max.reauth.ms); 0 is unlimited. */
  readonly maxReauthMs: number;
}

type Exchanging = Extract<SaslState, { phase: 'exchange' }>;
type Event<K extends SaslEvent['kind']> = Extract<SaslEvent, { kind: K }>;

/** A client may reauthenticate once a second; more often is answered as an ordinary, illegal handshake. */
const MIN_REAUTH_INTERVAL_MS = 1000;

export const initialState: SaslState = { phase: 'versions' };

/** Kafka's SaslServerAuthenticator as a pure function: what a connection answers, and how it goes on. */
export const step = (policy: SaslPolicy, state: SaslState, occurred: Occurred): SaslStep => {
  const { event } = occurred;
  if (state.phase === 'authenticated') return authenticated(policy, state, occurred);
  if (state.phase === 'exchange') return exchanging(policy, state, occurred);
  if (event.kind === 'handshake' && state.phase !== 'refused') return handshake(policy, state, event);
  if (event.kind === 'versions' && state.phase === 'versions')
    return { state: event.isValid ? { phase: 'handshake' } : state, answer: { kind: 'pass' } };
  return refuse(`Unexpected Kafka request of type ${nameOf(event)} during SASL handshake.`);
};

/** An event, and when it occurred. */
export interface Occurred {
  readonly event: SaslEvent;
  readonly input: SaslInput;
}

const refuse = (reason: string, answer?: SaslAnswer): SaslStep => ({
  state: { phase: 'refused', reason },
  ...(answer && { answer }),
});

const nameOf = (event: SaslEvent): string => {
  if (event.kind === 'other') return event.name;
  const names = { versions: 'API_VERSIONS', handshake: 'SASL_HANDSHAKE', authenticate: 'SASL_AUTHENTICATE' };
  return event.kind === 'raw-token' ? 'none' : names[event.kind];
};

const handshake = (
  { mechanisms }: SaslPolicy,
  state: Extract<SaslState, { phase: 'versions' | 'handshake' }>,
  { version, mechanism }: Event<'handshake'>,
): SaslStep => {
  const answer = { kind: 'handshake', mechanisms: [...mechanisms.keys()] } as const;
  const exchange = mechanisms.get(mechanism);
  if (!exchange)
    return refuse(`Unsupported SASL mechanism ${mechanism}`, {
      ...answer,
      errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM,
    });
  const renewed = state.phase === 'handshake' ? state.renewed : undefined;
  const framing = version === 0 ? 'raw' : 'request';
  return {
    state: { phase: 'exchange', mechanism, exchange, framing, ...(renewed && { renewed }) },
    answer: { ...answer, errorCode: ErrorCode.NONE },
  };
};

const exchanging = (policy: SaslPolicy, state: Exchanging, { event, input }: Occurred): SaslStep => {
  const { mechanism, renewed, framing } = state;
  if (renewed && renewed.mechanism !== mechanism)
    return refuse(
      `SASL mechanism '${mechanism}' requested by client is not supported for re-authentication of mechanism '${renewed.mechanism}'`,
    );
  if (event.kind !== (framing === 'raw' ? 'raw-token' : 'authenticate'))
    return refuse(`Unexpected Kafka request of type ${nameOf(event)} during SASL authentication.`, {
      kind: 'error',
      errorCode: ErrorCode.ILLEGAL_SASL_STATE,
    });
  const verdict = confirmed(state.exchange((event as Event<'authenticate'>).token, input), renewed);
  if (verdict.kind === 'refused') return refusedCredentials(state, verdict.message);
  if (verdict.kind === 'challenge')
    return {
      state: { ...state, exchange: verdict.next },
      answer: tokenAnswer(framing, verdict.token, 0),
    };
  return accepted(policy, state, { verdict, input });
};

/** A reauthentication must not change the user. */
const confirmed = (verdict: Verdict, renewed: Identity | undefined): Verdict =>
  verdict.kind === 'accepted' && renewed && verdict.user !== renewed.user
    ? {
        kind: 'refused',
        message: `Cannot change principals during re-authentication from User.${renewed.user}: User.${verdict.user}`,
      }
    : verdict;

const accepted = (
  { maxReauthMs }: SaslPolicy,
  { mechanism, framing, renewed }: Exchanging,
  { verdict, input }: { verdict: Extract<Verdict, { kind: 'accepted' }>; input: SaslInput },
): SaslStep => {
  const limits = [
    ...(maxReauthMs > 0 ? [maxReauthMs] : []),
    ...(verdict.expiresAt === undefined ? [] : [Math.max(0, verdict.expiresAt - input.now)]),
  ];
  const lifetime = limits.length === 0 ? undefined : Math.min(...limits);
  return {
    state: {
      phase: 'authenticated',
      identity: { user: verdict.user, mechanism },
      ...(lifetime !== undefined && { expires: input.monotonic + lifetime }),
      ...(renewed && { renewedAt: input.monotonic }),
    },
    answer: tokenAnswer(framing, verdict.token, lifetime ?? 0),
  };
};

const refusedCredentials = ({ mechanism, framing, renewed }: Exchanging, message?: string): SaslStep => {
  const text = renewed ? 're-authentication' : 'authentication';
  const reason =
    message ??
    `Authentication failed during ${text} due to invalid credentials with SASL mechanism ${mechanism}`;
  if (framing === 'raw') return refuse(reason);
  return refuse(reason, {
    kind: 'authenticate',
    errorCode: ErrorCode.SASL_AUTHENTICATION_FAILED,
    errorMessage: reason,
    authBytes: Buffer.alloc(0),
    sessionLifetimeMs: 0,
  });
};

const tokenAnswer = (framing: Exchanging['framing'], token: Buffer, sessionLifetimeMs: number): SaslAnswer =>
  framing === 'raw'
    ? { kind: 'raw-token', token }
    : {
        kind: 'authenticate',
        errorCode: ErrorCode.NONE,
        errorMessage: '',
        authBytes: token,
        sessionLifetimeMs,
      };

const authenticated = (
  policy: SaslPolicy,
  state: Extract<SaslState, { phase: 'authenticated' }>,
  { event, input }: Occurred,
): SaslStep => {
  const { identity, expires, renewedAt = -Infinity } = state;
  const mayRenew = expires !== undefined && input.monotonic - renewedAt >= MIN_REAUTH_INTERVAL_MS;
  if (event.kind === 'handshake' && mayRenew)
    return handshake(policy, { phase: 'handshake', renewed: identity }, event);
  if (expires !== undefined && input.monotonic >= expires)
    return refuse(`the session of ${identity.user} has expired; it was not reauthenticated`);
  return { state, answer: { kind: 'pass' } };
};
