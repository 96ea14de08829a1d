import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { connect as connectTls } from 'node:tls';
import { describe, expect, it } from '@jest/globals';
import { Kafka, logLevel, type SASLOptions } from 'kafkajs';
import { saslHandshake } from '../apis/17-sasl-handshake.js';
import { apiVersions } from '../apis/18-api-versions.js';
import { describeConfigs } from '../apis/32-describe-configs.js';
import { saslAuthenticate } from '../apis/36-sasl-authenticate.js';
import { createDelegationToken } from '../apis/38-create-delegation-token.js';
import { renewDelegationToken } from '../apis/39-renew-delegation-token.js';
import { expireDelegationToken } from '../apis/40-expire-delegation-token.js';
import { describeDelegationToken } from '../apis/41-describe-delegation-token.js';
import { describeCluster } from '../apis/60-describe-cluster.js';
import type { SecurityOptions } from '../security/listener-options.js';
import { selfSignedCertificate } from '../security/self-signed-certificate.js';
import { brokers } from '../test-broker.fixture.js';
import { WireClient } from './wire-client.fixture.js';
import { ErrorCode } from '../wire/error-code.js';

const { start, connect, directory } = brokers();

const MECHANISMS = ['PLAIN', 'SCRAM-SHA-256', 'SCRAM-SHA-512', 'OAUTHBEARER'];
const SHOWN = ['connections.max.reauth.ms', 'inter.broker.listener.name'];
const users = new Map([['app', 'secret']]);

/** A broker with one listener besides its first. */
const startWith = async (
  protocol: 'ssl' | 'sasl_plaintext' | 'sasl_ssl',
  security: SecurityOptions = { users, mechanisms: MECHANISMS },
) => {
  const data = directory();
  const logged: string[] = [];
  const broker = await start({
    data,
    listeners: [{ protocol }],
    security,
    log: (level, msg, details) => logged.push(`${level} ${msg} ${JSON.stringify(details)}`),
  });
  const { port } = broker.listeners[1]!;
  const ca = (): string => readFileSync(join(data, 'tls/cert.pem'), 'utf8');
  return { broker, port, ca, logged };
};

const base64 = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url');
const bearer = (exp: number): SASLOptions => ({
  mechanism: 'oauthbearer',
  oauthBearerProvider: async () => ({ value: `${base64({ alg: 'none' })}.${base64({ sub: 'me', exp })}.` }),
});
const password = (mechanism: string, text = 'secret'): SASLOptions =>
  ({ mechanism, username: 'app', password: text }) as SASLOptions;
const inAnHour = Math.floor(Date.now() / 1000) + 3600;

/** The address that kafkajs is told to connect to. */
const toldBy = async (port: number, options: { sasl?: SASLOptions; ssl?: object }) => {
  const kafka = new Kafka({
    brokers: [`127.0.0.1:${port}`],
    logLevel: logLevel.NOTHING,
    retry: { retries: 0 },
    ...options,
  });
  const admin = kafka.admin();
  try {
    await admin.connect();
    const { brokers: told } = await admin.describeCluster();
    return told[0]!.port;
  } finally {
    await admin.disconnect();
  }
};

describe('a listener with SASL', () => {
  it.each([password('plain'), password('scram-sha-256'), password('scram-sha-512'), bearer(inAnHour)])(
    'accepts $mechanism, also with TLS, and is advertised itself',
    async (sasl) => {
      const plaintext = await startWith('sasl_plaintext');
      expect(await toldBy(plaintext.port, { sasl })).toBe(plaintext.port);
      const tls = await startWith('sasl_ssl');
      expect(await toldBy(tls.port, { sasl, ssl: { ca: [tls.ca()] } })).toBe(tls.port);
    },
  );

  it.each(['plain', 'scram-sha-256', 'scram-sha-512'])(
    'refuses a wrong password for %s',
    async (mechanism) => {
      const { port, logged } = await startWith('sasl_plaintext');
      await expect(toldBy(port, { sasl: password(mechanism, 'wrong') })).rejects.toThrow(
        /authentication failed: Authentication failed/i,
      );
      expect(logged).toEqual([expect.stringMatching(/^warn connection closed .*Authentication failed/)]);
      expect(logged.join()).not.toContain('wrong');
    },
  );

  it('refuses clients that do not authenticate', async () => {
    const { port } = await startWith('sasl_plaintext');
    await expect(toldBy(port, {})).rejects.toThrow('Closed connection');
    const client = await connect({ port });
    client.socket.write(Buffer.from([0, 9, 0, 0]));
    await client.closed;
  });

  it('names its mechanisms to a client with another, and closes the connection', async () => {
    const { port } = await startWith('sasl_plaintext');
    const client = await connect({ port });
    await client.call(apiVersions, 3, { clientSoftwareName: 'test', clientSoftwareVersion: '1' });
    expect(await client.call(saslHandshake, 1, { mechanism: 'GSSAPI' })).toEqual({
      errorCode: ErrorCode.UNSUPPORTED_SASL_MECHANISM,
      mechanisms: MECHANISMS,
    });
    await client.closed;
  });

  it('closes the connection when a token has expired', async () => {
    const { port } = await startWith('sasl_plaintext');
    const client = await connect({ port });
    const exp = (Date.now() + 1_000) / 1000;
    const token = `${base64({ alg: 'none' })}.${base64({ sub: 'me', exp })}.`;
    await client.call(saslHandshake, 1, { mechanism: 'OAUTHBEARER' });
    const authBytes = Buffer.from(`n,,\x01auth=Bearer ${token}\x01\x01`);
    const { sessionLifetimeMs } = await client.call(saslAuthenticate, 2, { authBytes });
    expect(sessionLifetimeMs).toBeGreaterThan(0);
    expect(sessionLifetimeMs).toBeLessThanOrEqual(1_000);
    const ping = setInterval(() => void client.call(describeCluster, 1, {}), 5);
    await client.closed;
    clearInterval(ping);
  });

  it.each([
    ['an option', { security: { users, maxReauthMs: 1_000 } }],
    ['a setting', { security: { users }, settings: { 'connections.max.reauth.ms': '1000' } }],
  ])('ends a session that is not renewed in time, as %s says', async (_, options) => {
    const broker = await start({ plaintext: false, listeners: [{ protocol: 'sasl_plaintext' }], ...options });
    expect(broker.listeners).toEqual([
      expect.objectContaining({ protocol: 'sasl_plaintext', port: broker.port }),
    ]);
    const client = await connect(broker);
    await client.call(saslHandshake, 1, { mechanism: 'PLAIN' });
    const authBytes = Buffer.from('\0app\0secret');
    expect((await client.call(saslAuthenticate, 2, { authBytes })).sessionLifetimeMs).toBe(1_000);
    const resources = [{ resourceType: 4, resourceName: '1', configurationKeys: SHOWN }];
    const { results } = await client.call(describeConfigs, 4, { resources });
    expect(results[0]!.configs.map(({ value }) => value)).toEqual(
      expect.arrayContaining(['1000', 'SASL_PLAINTEXT']),
    );
    const ping = setInterval(() => void client.call(describeCluster, 1, {}), 5);
    await client.closed;
    clearInterval(ping);
  });

  it('needs to be there if there is no plaintext listener', async () => {
    await expect(start({ plaintext: false })).rejects.toThrow('without a plaintext listener');
  });

  it('keeps a changed SCRAM password over a restart, and no password on disk', async () => {
    const data = directory();
    const options = { data, listeners: [{ protocol: 'sasl_plaintext' as const }], security: { users } };
    await (await start(options)).close();
    expect(readFileSync(join(data, 'state.log'), 'utf8')).not.toContain('secret');
    const again = await start({ ...options, security: {} });
    const { port } = again.listeners[1]!;
    expect(await toldBy(port, { sasl: password('scram-sha-256') })).toBe(port);
    await expect(toldBy(port, { sasl: password('plain') })).rejects.toThrow('Invalid username or password');
  });
});

describe('a listener with TLS', () => {
  it('is trusted by clients that know its certificate, and by no others', async () => {
    const { port, ca } = await startWith('ssl');
    expect(await toldBy(port, { ssl: { ca: [ca()] } })).toBe(port);
    await expect(toldBy(port, { ssl: {} })).rejects.toThrow('self-signed certificate');
  });

  it('with a CA accepts only clients with a certificate of it', async () => {
    const mine = selfSignedCertificate(['client'], Date.now());
    const stranger = selfSignedCertificate(['client'], Date.now());
    const { port, ca } = await startWith('ssl', { tls: { ca: mine.cert } });
    expect(await toldBy(port, { ssl: { ca: [ca()], ...mine } })).toBe(port);
    for (const identity of [{}, stranger])
      await expect(toldBy(port, { ssl: { ca: [ca()], ...identity } })).rejects.toThrow();
  });

  it('closes connections that do not speak TLS, or break off, and serves the others', async () => {
    const { broker, port, ca, logged } = await startWith('ssl');
    const client = await connect({ port });
    client.socket.write('GET / HTTP/1.1\r\n\r\n');
    await client.closed;
    const socket = connectTls({ port, host: '127.0.0.1', ca: ca() });
    await once(socket, 'secureConnect');
    socket.destroy();
    expect(await toldBy(port, { ssl: { ca: [ca()] } })).toBe(port);
    expect(await toldBy(broker.port, {})).toBe(broker.port);
    expect(logged).toContainEqual(expect.stringMatching(/^warn TLS handshake failed .*http request/));
  });
});

describe('a request for a delegation token', () => {
  const { NONE, DELEGATION_TOKEN_AUTH_DISABLED: disabled, INVALID_PRINCIPAL_TYPE: invalid } = ErrorCode;
  const refused = { renewers: [{ principalType: 'Group', principalName: 'x' }] };

  const authenticated = async (): Promise<WireClient> => {
    const { port } = await startWith('sasl_plaintext');
    const client = await connect({ port });
    expect((await client.call(saslHandshake, 1, { mechanism: 'PLAIN' })).errorCode).toBe(NONE);
    const authBytes = Buffer.from('\0app\0secret');
    expect((await client.call(saslAuthenticate, 2, { authBytes })).errorCode).toBe(NONE);
    return client;
  };

  it('of an authenticated client finds them disabled, as in a Kafka without a secret key', async () => {
    const client = await authenticated();
    expect(await client.call(createDelegationToken, 3, {})).toMatchObject({
      errorCode: disabled,
      principalName: 'app',
      tokenRequesterPrincipalName: 'app',
      expiryTimestampMs: 0,
    });
    expect(await client.call(createDelegationToken, 3, refused)).toMatchObject({
      errorCode: invalid,
      expiryTimestampMs: -1,
    });
    const hmac = Buffer.from('x');
    const unknown = { errorCode: disabled, expiryTimestampMs: 0 };
    expect(await client.call(renewDelegationToken, 2, { hmac })).toMatchObject(unknown);
    expect(await client.call(expireDelegationToken, 2, { hmac })).toMatchObject(unknown);
    expect(await client.call(describeDelegationToken, 3, {})).toMatchObject({ errorCode: disabled });
  });

  it('knows a client by its certificate; one without may not ask', async () => {
    const mine = selfSignedCertificate(['client'], Date.now());
    const askedWith = async (identity: object, security: SecurityOptions) => {
      const { port, ca } = await startWith('ssl', security);
      const socket = connectTls({ port, host: '127.0.0.1', ca: ca(), ...identity });
      await once(socket, 'secureConnect');
      const answer = await WireClient.over(socket).call(createDelegationToken, 3, {});
      socket.destroy();
      return [answer.errorCode, answer.principalName];
    };
    const [code, name] = await askedWith(mine, { tls: { ca: mine.cert } });
    expect([code, name]).toEqual([disabled, expect.stringMatching(/^CN=/)]);
    const { DELEGATION_TOKEN_REQUEST_NOT_ALLOWED: notAllowed } = ErrorCode;
    expect(await askedWith({}, {})).toEqual([notAllowed, 'ANONYMOUS']);
  });
});

describe('a listener that other machines can reach', () => {
  it.each([
    ['plaintext', 'encryption and authentication'],
    ['sasl_plaintext', 'encryption'],
    ['ssl', 'authentication'],
    ['sasl_ssl', undefined],
  ] as const)('is announced by its lack of security: %s', async (protocol, missing) => {
    const warnings: string[] = [];
    await start({
      listeners: [{ protocol, host: '0.0.0.0' }],
      log: (level, msg) => level === 'warn' && warnings.push(msg),
    });
    expect(warnings).toEqual(
      missing ? [`other machines can reach this listener, which has no ${missing}`] : [],
    );
  });
});
