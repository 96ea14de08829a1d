import { createHash, createHmac, pbkdf2Sync } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import type { Exchange, Verdict } from './exchange.js';
import { mechanismsOf } from './mechanisms.js';
import { credentialOf, scramMechanisms, type ScramMechanism } from './scram-credential.js';
import { scramCredentials } from './scram.fixture.js';

const credentials = scramCredentials();
credentials.apply({
  user: 'a,b=c',
  mechanism: scramMechanisms[0],
  credential: credentialOf(scramMechanisms[0], 'pw'),
});
const passwords = new Map([['app', 'secret:1']]);
credentials.declare(passwords);
const mechanisms = mechanismsOf({ passwords, credentials }, [
  'PLAIN',
  'SCRAM-SHA-256',
  'SCRAM-SHA-512',
  'OAUTHBEARER',
]);
const NOW = 1_700_000_000_000;
const send = (exchange: Exchange, token: string): Verdict =>
  exchange(Buffer.from(token), { now: NOW, nonce: 'server' });

describe('the mechanisms of a listener', () => {
  it('leave out unsecured tokens unless they are asked for', () => {
    expect([...mechanismsOf({ passwords, credentials }).keys()]).toEqual([
      'PLAIN',
      'SCRAM-SHA-256',
      'SCRAM-SHA-512',
    ]);
  });
});

describe('PLAIN', () => {
  const answer = (token: string): Verdict => send(mechanisms.get('PLAIN')!, token);

  it('accepts a user with the right password', () => {
    expect(answer('\0app\0secret:1')).toMatchObject({ kind: 'accepted', user: 'app' });
    expect(answer('app\0app\0secret:1')).toMatchObject({ kind: 'accepted', user: 'app' });
  });

  it.each([
    ['\0app\0secret', 'Authentication failed: Invalid username or password'],
    ['\0nobody\0secret:1', 'Authentication failed: Invalid username or password'],
    ['\0\0secret:1', 'Authentication failed: username not specified'],
    ['\0app\0', 'Authentication failed: password not specified'],
    ['app\0secret:1', 'Invalid SASL/PLAIN response: expected 3 tokens, got 2'],
    ['\0app\0secret:1\0\0\0', 'Invalid SASL/PLAIN response: expected 3 tokens, got 4'],
    [
      'x\0app\0secret:1',
      'Authentication failed: Client requested an authorization id that is different from username',
    ],
  ])('refuses %j as Kafka does', (token, message) => {
    expect(answer(token)).toEqual({ kind: 'refused', message });
  });
});

/** The client's side of RFC 5802. */
const prove =
  ({ hash, bytes }: ScramMechanism, password: string, bare: string) =>
  (challenge: string) => {
    const [, nonce, salt, iterations] = /^r=(.*),s=(.*),i=(\d+)$/.exec(challenge)!;
    const salted = pbkdf2Sync(password, Buffer.from(salt!, 'base64'), Number(iterations), bytes, hash);
    const key = createHmac(hash, salted).update('Client Key').digest();
    const storedKey = createHash(hash).update(key).digest();
    const unproven = `c=biws,r=${nonce}`;
    const signature = createHmac(hash, storedKey).update(`${bare},${challenge},${unproven}`).digest();
    return `${unproven},p=${Buffer.from(key.map((byte, at) => byte ^ signature[at]!)).toString('base64')}`;
  };

describe.each(scramMechanisms)('$name', (mechanism) => {
  const first = mechanisms.get(mechanism.name)!;
  const converse = (bare: string, answerTo: (challenge: string) => string): Verdict => {
    const verdict = send(first, `n,,${bare}`);
    return verdict.kind === 'challenge' ? send(verdict.next, answerTo(verdict.token.toString())) : verdict;
  };

  it('accepts a proof of the password, and proves that it knows it too', () => {
    const bare = 'n=app,r=client,extension=x';
    const verdict = converse(bare, prove(mechanism, 'secret:1', bare));
    expect(verdict).toMatchObject({ kind: 'accepted', user: 'app' });
    expect((verdict as { token: Buffer }).token.toString()).toMatch(/^v=[\w+/]+=*$/);
  });

  it('challenges with the nonce of both sides', () => {
    const verdict = send(first, 'n,,n=app,r=client') as { token: Buffer };
    expect(verdict.token.toString()).toMatch(/^r=clientserver,s=[\w+/]{32},i=4096$/);
  });

  it.each<[string, string, (challenge: string) => string]>([
    ['a wrong password', 'n=app,r=client', prove(mechanism, 'wrong', 'n=app,r=client')],
    ['an unknown user', 'n=nobody,r=client', prove(mechanism, 'secret:1', 'n=nobody,r=client')],
    ['a delegation token', 'n=app,r=client,tokenauth=true', () => ''],
    [
      'another nonce',
      'n=app,r=client',
      (c) => prove(mechanism, 'secret:1', 'n=app,r=client')(c).replace('r=c', 'r=d'),
    ],
    ['a short proof', 'n=app,r=client', (c) => `c=biws,${/^r=[^,]*/.exec(c)![0]},p=AAAA`],
    ['no proof', 'n=app,r=client', () => 'hello'],
    ['another format', 'hello', () => ''],
  ])('refuses %s without a reason', (_, bare, answerTo) => {
    expect(converse(bare, answerTo)).toEqual({ kind: 'refused' });
  });

  it('refuses another authorization id', () => {
    expect(send(first, 'n,a=other,n=app,r=client')).toEqual({
      kind: 'refused',
      message: 'Authentication failed: Client requested an authorization id that is different from username',
    });
  });
});

describe('SCRAM-SHA-256', () => {
  it('decodes the characters that separate fields', () => {
    const bare = 'n=a=2Cb=3Dc,r=client';
    const verdict = send(mechanisms.get('SCRAM-SHA-256')!, `n,,${bare}`) as { token: Buffer; next: Exchange };
    const proof = prove(scramMechanisms[0], 'pw', bare)(verdict.token.toString());
    expect(send(verdict.next, proof)).toMatchObject({ kind: 'accepted', user: 'a,b=c' });
  });
});

const base64 = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const token = (claims: object, header: object = { alg: 'none' }): string =>
  `${base64(header)}.${base64(claims)}.`;
const claims = { sub: 'me', iat: NOW / 1000 - 1, exp: NOW / 1000 + 60 };

describe('OAUTHBEARER', () => {
  const answer = (bearer: string, authorizationId = ''): Verdict =>
    send(mechanisms.get('OAUTHBEARER')!, `n,${authorizationId},\x01auth=Bearer ${bearer}\x01\x01`);

  it('accepts an unsecured token until it expires', () => {
    const accepted = { kind: 'accepted', user: 'me', expiresAt: NOW + 60_000 };
    expect(answer(token(claims))).toMatchObject(accepted);
    expect(answer(token(claims), 'a=me')).toMatchObject(accepted);
  });

  it.each([
    ['expired', token({ ...claims, exp: NOW / 1000 })],
    ['not yet valid', token({ ...claims, iat: NOW / 1000 + 1 })],
    ['anonymous', token({ ...claims, sub: '' })],
    ['without an expiry', token({ ...claims, exp: undefined })],
    ['signed', `${token(claims)}abc`],
    ['of an algorithm', token(claims, { alg: 'RS256' })],
    ['not JSON', 'a.b.'],
    ['of two parts', 'a.b'],
    ['null', `${base64(null)}.${base64(null)}.`],
  ])('refuses a token that is %s, after the client has seen why', (_, bearer) => {
    const verdict = answer(bearer) as { kind: string; token: Buffer; next: Exchange };
    expect([verdict.kind, verdict.token.toString()]).toEqual(['challenge', '{"status":"invalid_token"}']);
    expect(send(verdict.next, '\x01')).toEqual({ kind: 'refused', message: '{"status":"invalid_token"}' });
  });

  it('refuses another authorization id, and other messages', () => {
    expect(answer(token(claims), 'a=other')).toEqual({
      kind: 'refused',
      message:
        "Authentication failed: Client requested an authorization id (other) that is different from the token's principal name (me)",
    });
    expect(send(mechanisms.get('OAUTHBEARER')!, 'hello')).toEqual({ kind: 'refused' });
    expect(send(mechanisms.get('OAUTHBEARER')!, 'n,,\x01auth=Basic abc\x01\x01')).toEqual({
      kind: 'refused',
    });
  });
});
