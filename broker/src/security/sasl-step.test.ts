import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ErrorCode } from '../wire/error-code.js';
import type { Exchange } from './exchange.js';
import type { SaslEvent, SaslState, SaslStep } from './sasl-state.js';
import { initialState, step, type SaslPolicy } from './sasl-step.js';

const exchange: Exchange = (token, { now }) => {
  const text = token.toString();
  if (text === 'more') return { kind: 'challenge', token: Buffer.from('go on'), next: exchange };
  if (text.startsWith('user')) return { kind: 'accepted', token: Buffer.alloc(0), user: text };
  if (text === 'brief')
    return { kind: 'accepted', token: Buffer.alloc(0), user: 'user', expiresAt: now + 5000 };
  return { kind: 'refused', message: 'no' };
};
const policy: SaslPolicy = {
  mechanisms: new Map([
    ['A', exchange],
    ['B', exchange],
  ]),
  maxReauthMs: 0,
};

const versions: SaslEvent = { kind: 'versions', isValid: true };
const handshake = (mechanism = 'A', version = 1): SaslEvent => ({ kind: 'handshake', version, mechanism });
const authenticate = (text: string): SaslEvent => ({ kind: 'authenticate', token: Buffer.from(text) });
const rawToken = (text: string): SaslEvent => ({ kind: 'raw-token', token: Buffer.from(text) });
const other: SaslEvent = { kind: 'other', name: 'METADATA' };

/** The last step of events, each a second after the one before. */
const run = (events: SaslEvent[], { seconds = 1, settings = policy } = {}): SaslStep =>
  events.reduce<SaslStep>(
    ({ state }, event, i) =>
      step(settings, state, {
        event,
        input: { now: 1e12 + i * seconds * 1000, monotonic: i * seconds * 1000, nonce: 'n' },
      }),
    { state: initialState },
  );

describe('authentication', () => {
  it('goes from versions and handshake through the exchange to its end', () => {
    const start = [versions, handshake()];
    expect(run(start).answer).toEqual({
      kind: 'handshake',
      errorCode: ErrorCode.NONE,
      mechanisms: ['A', 'B'],
    });
    expect(run([...start, authenticate('more')]).answer).toMatchObject({ authBytes: Buffer.from('go on') });
    const end = [...start, authenticate('more'), authenticate('user 1')];
    expect(run(end)).toMatchObject({
      state: { phase: 'authenticated', identity: { user: 'user 1', mechanism: 'A' } },
      answer: { errorCode: ErrorCode.NONE, errorMessage: '', sessionLifetimeMs: 0 },
    });
    expect(run([...end, other]).answer).toEqual({ kind: 'pass' });
  });

  it('takes raw tokens after an old handshake, and refuses them without a response', () => {
    const start = [handshake('A', 0)];
    expect(run([...start, rawToken('more')]).answer).toEqual({
      kind: 'raw-token',
      token: Buffer.from('go on'),
    });
    expect(run([...start, rawToken('user')]).state.phase).toBe('authenticated');
    expect(run([...start, rawToken('x')])).toEqual({ state: { phase: 'refused', reason: 'no' } });
  });

  it('allows one request for the versions; one that fails does not count', () => {
    const failed: SaslEvent = { kind: 'versions', isValid: false };
    expect(run([failed, failed, versions]).answer).toEqual({ kind: 'pass' });
    expect(run([versions, versions]).state.phase).toBe('refused');
  });

  it.each<[string, SaslEvent[], object | undefined]>([
    ['a request before it', [other], undefined],
    ['credentials before the mechanism', [authenticate('user')], undefined],
    [
      'an unknown mechanism',
      [handshake('C')],
      { kind: 'handshake', errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM, mechanisms: ['A', 'B'] },
    ],
    [
      'a request in between',
      [handshake(), other],
      { kind: 'error', errorCode: ErrorCode.ILLEGAL_SASL_STATE },
    ],
    [
      'a second handshake',
      [handshake(), handshake()],
      { kind: 'error', errorCode: ErrorCode.ILLEGAL_SASL_STATE },
    ],
    [
      'wrong credentials',
      [handshake(), authenticate('x')],
      { errorCode: ErrorCode.SASL_AUTHENTICATION_FAILED, errorMessage: 'no' },
    ],
  ])('is refused for %s', (_, events, answer) => {
    const last = run(events);
    expect(last.state.phase).toBe('refused');
    if (answer) expect(last.answer).toMatchObject(answer);
    else expect(last.answer).toBeUndefined();
  });

  it('lets no request through before it ends, whatever a client sends', () => {
    const events = fc.oneof(
      fc.constantFrom(versions, handshake(), handshake('A', 0), handshake('C'), other),
      fc.constantFrom('more', 'user', 'x').map(authenticate),
      fc.constantFrom('more', 'user', 'x').map(rawToken),
    );
    fc.assert(
      fc.property(fc.array(events, { maxLength: 8 }), (list) => {
        let state: SaslState = initialState;
        for (const [i, event] of list.entries()) {
          const next = step(policy, state, { event, input: { now: i, monotonic: i, nonce: 'n' } });
          const isOpen = state.phase === 'authenticated' || event.kind === 'versions';
          expect(next.answer?.kind === 'pass').toBe(isOpen && next.state.phase !== 'refused');
          if (state.phase === 'refused') expect(next.state.phase).toBe('refused');
          state = next.state;
        }
      }),
    );
  });
});

describe('reauthentication (KIP-368)', () => {
  const begin = [handshake(), authenticate('brief')];
  const limited = { settings: { ...policy, maxReauthMs: 3000 } };

  it('is due when the token expires, or after the limit of the broker', () => {
    expect(run(begin).answer).toMatchObject({ sessionLifetimeMs: 5000 });
    expect(run(begin, limited).answer).toMatchObject({ sessionLifetimeMs: 3000 });
    expect(run([handshake(), authenticate('user')], limited).answer).toMatchObject({
      sessionLifetimeMs: 3000,
    });
  });

  it('is missing once the time is over', () => {
    expect(run([...begin, other, other, other, other]).answer).toEqual({ kind: 'pass' });
    expect(run([...begin, other, other, other, other, other]).state.phase).toBe('refused');
  });

  it('prolongs the session, even late', () => {
    const again = run([...begin, handshake(), authenticate('brief'), other, other, other]);
    expect(again.answer).toEqual({ kind: 'pass' });
    expect(run([...begin, handshake(), authenticate('brief')], { seconds: 6 }).state.phase).toBe(
      'authenticated',
    );
  });

  it('is illegal more than once a second, and without an end of the session', () => {
    const twice = [...begin, handshake(), authenticate('brief'), handshake()];
    expect(run(twice, { seconds: 0.5 }).answer).toEqual({ kind: 'pass' });
    expect(run([handshake(), authenticate('user'), handshake()]).answer).toEqual({ kind: 'pass' });
  });

  it('must not change the user or the mechanism', () => {
    expect(run([...begin, handshake(), authenticate('user 2')]).answer).toMatchObject({
      errorMessage: 'Cannot change principals during re-authentication from User.user: User.user 2',
    });
    expect(run([...begin, handshake('B'), authenticate('brief')])).toEqual({
      state: {
        phase: 'refused',
        reason:
          "SASL mechanism 'B' requested by client is not supported for re-authentication of mechanism 'A'",
      },
    });
  });
});
