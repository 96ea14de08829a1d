import { createHmac, generateKeyPairSync, randomUUID } from 'node:crypto';
import { mkdtempSync, renameSync, rmSync, utimesSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { TestKeys } from '../testing/test-keys.js';
import { KeySet } from './key-set.js';
import { TokenIssuer } from './issuing/token-issuer.js';
import { TokenVerifier } from './token-verifier.js';

const TERMS = { issuer: 'msx', audience: 'msx' };
const JANE = { id: randomUUID(), roles: ['customer'] };
const invalid = { reason: 'TOKEN_INVALID', kind: 'unauthenticated' };
const expired = { reason: 'TOKEN_EXPIRED', kind: 'unauthenticated' };

const encoded = (value: object) => Buffer.from(JSON.stringify(value)).toString('base64url');
const now = () => Math.floor(Date.now() / 1000);
const claims = () => ({
  sub: JANE.id,
  roles: ['admin'],
  iss: 'msx',
  aud: 'msx',
  iat: now(),
  exp: now() + 60,
});

describe('TokenVerifier', () => {
  let keys: TestKeys;
  let verifier: TokenVerifier;

  beforeEach(() => {
    keys = new TestKeys();
    verifier = new TokenVerifier(new KeySet(keys.jwks, 'public'), TERMS);
  });

  it.each(['ed25519', 'ec'] as const)(
    'identifies the principal of a token of the issuer (%s)',
    async (kind) => {
      keys.rotate(kind);
      const issuer = new TokenIssuer(new KeySet(keys.jwtKeys, 'private'), TERMS, 60);
      const { token, expiresAt } = await issuer.issue(JANE);
      const both = new TokenVerifier(new KeySet(keys.jwks, 'public'), TERMS);
      expect(await both.identify(`Bearer ${token}`)).toEqual({ principal: JANE, token, expiresAt });
      expect(await both.verify(token)).toBe(await both.verify(token));
    },
  );

  it('identifies nobody without a header', async () => {
    expect(await verifier.identify(undefined)).toBeUndefined();
  });

  it.each([
    ['no scheme', async () => keys.sign(JANE)],
    ['another scheme', async () => `Basic ${Buffer.from('jane:secret').toString('base64')}`],
    ['no token', async () => 'Bearer '],
    ['two tokens', async () => `Bearer ${await keys.sign(JANE)}, Bearer x`],
    ['something else', async () => 'Bearer not-a-token'],
    ['a huge one', async () => `Bearer ${'a'.repeat(1_000_000)}`],
  ])('refuses a header with %s', async (_, header) => {
    await expect(verifier.identify(await header())).rejects.toMatchObject(invalid);
  });

  it.each([
    ['of another issuer', () => keys.sign({ ...JANE, issuer: 'other' })],
    ['for another audience', () => keys.sign({ ...JANE, audience: 'other' })],
    ['of another type', () => keys.sign({ ...JANE, type: 'JWT' })],
    ['with an unknown key id', () => keys.sign({ ...JANE, kid: 'unknown' })],
    ['signed with a foreign key', () => new TestKeys().sign(JANE)],
    ['signed with a foreign key under our key id', () => new TestKeys().sign({ ...JANE, kid: kidOf(keys) })],
    [
      'with the none algorithm',
      async () => `${encoded({ alg: 'none', typ: 'at+jwt' })}.${encoded(claims())}.`,
    ],
    ['signed with the public key as a secret', async () => confused(keys)],
    ['with other claims than were signed', async () => withClaims(await keys.sign(JANE))],
  ])('refuses a token %s', async (_, token) => {
    await expect(verifier.verify(await token())).rejects.toMatchObject(invalid);
  });

  it('refuses a token from the moment it expires, cached or not', async () => {
    await expect(verifier.verify(await keys.sign({ ...JANE, expires: '-1m' }))).rejects.toMatchObject(
      expired,
    );
    const token = await keys.sign({ ...JANE, expires: '1m' });
    const { expiresAt } = await verifier.verify(token);
    const clock = jest.spyOn(Date, 'now').mockReturnValue(expiresAt.getTime() + 10_000);
    jest.useFakeTimers({ now: expiresAt.getTime() + 10_000, doNotFake: ['nextTick', 'queueMicrotask'] });
    try {
      await expect(verifier.verify(token)).rejects.toMatchObject(expired);
    } finally {
      jest.useRealTimers();
      clock.mockRestore();
    }
  });

  it('has nothing to check a token with when there are no keys', async () => {
    const without = new TokenVerifier(undefined, TERMS);
    await expect(without.verify(await keys.sign(JANE))).rejects.toMatchObject(invalid);
    expect(without.jwks()).toEqual({ keys: [] });
  });

  it('shows its public keys and nothing of the private ones', () => {
    const [key] = verifier.jwks().keys;
    expect(key).toEqual({
      kty: 'OKP',
      crv: 'Ed25519',
      x: key!.x,
      kid: kidOf(keys),
      alg: 'EdDSA',
      use: 'sig',
    });
  });
});

describe('keys in a file', () => {
  const folder = mkdtempSync(join(tmpdir(), 'keys-'));
  const file = join(folder, 'jwks.json');
  let age = 0;
  afterAll(() => rmSync(folder, { recursive: true }));

  /** As a key rotation does it: the new file replaces the old one. */
  const replace = (text: string) => {
    writeFileSync(`${file}.new`, text);
    utimesSync(`${file}.new`, ++age, age);
    renameSync(`${file}.new`, file);
  };

  it('are read again for an unknown key', async () => {
    const keys = new TestKeys();
    replace(keys.jwks);
    const verifier = new TokenVerifier(new KeySet(file, 'public'), TERMS);
    const old = await keys.sign(JANE);
    await verifier.verify(old);
    keys.rotate();
    replace(keys.jwks);
    expect(await verifier.verify(await keys.sign(JANE))).toMatchObject({ principal: JANE });
    expect(await verifier.verify(old)).toMatchObject({ principal: JANE });
  });

  it('no longer prove anything once they are gone', async () => {
    const keys = new TestKeys();
    replace(keys.jwks);
    const set = new KeySet(file, 'public');
    const verifier = new TokenVerifier(set, TERMS);
    const token = await keys.sign(JANE);
    await verifier.verify(token);
    replace(new TestKeys().jwks);
    jest.spyOn(Date, 'now').mockReturnValue(Date.now() + 2_000);
    try {
      await expect(verifier.verify(token)).rejects.toMatchObject(invalid);
    } finally {
      jest.restoreAllMocks();
    }
  });

  it('stay as they were when the file is broken', () => {
    const keys = new TestKeys();
    replace(keys.jwks);
    const set = new KeySet(file, 'public');
    replace('{"keys": [');
    expect(set.refresh(true)).toBe(false);
    expect(set.all.map(({ kid }) => kid)).toEqual([kidOf(keys)]);
  });

  it.each([
    ['no such file', '/no/such/file', 'public', /ENOENT/],
    ['no keys', '{"keys":[]}', 'public', /no keys/],
    ['private keys where public ones belong', new TestKeys().jwtKeys, 'public', /is a private key/],
    ['public keys where private ones belong', new TestKeys().jwks, 'private', /is not a private key/],
    ['a key without an id', '{"keys":[{"kty":"OKP","crv":"Ed25519","x":"x"}]}', 'public', /no kid/],
    [
      'a symmetric key',
      '{"keys":[{"kty":"oct","kid":"a","k":"c2VjcmV0"}]}',
      'public',
      /neither Ed25519 nor P-256/,
    ],
    ['a key twice', twice(new TestKeys()), 'public', /same kid/],
  ] as const)('are refused: %s', (_, source, use, message) => {
    expect(() => new KeySet(source, use)).toThrow(message);
  });
});

function kidOf({ jwks }: TestKeys): string {
  return (JSON.parse(jwks) as { keys: { kid: string }[] }).keys[0]!.kid;
}

function twice({ jwks }: TestKeys): string {
  const { keys } = JSON.parse(jwks) as { keys: unknown[] };
  return JSON.stringify({ keys: [...keys, ...keys] });
}

function withClaims(token: string): string {
  const [header, , signature] = token.split('.');
  return `${header}.${encoded(claims())}.${signature}`;
}

function confused(keys: TestKeys): string {
  const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
  const signed = `${encoded({ alg: 'HS256', typ: 'at+jwt', kid: kidOf(keys) })}.${encoded(claims())}`;
  const secret = publicKey.export({ type: 'spki', format: 'pem' });
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`;
}
