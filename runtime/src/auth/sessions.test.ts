import { randomUUID } from 'node:crypto';
import { afterEach, describe, expect, it, jest } from '@jest/globals';
import { eventually } from '../events/kafka/broker.fixture.js';
import { GreeterService, greeterOptions } from '../grpc/server/greeter.fixture.js';
import { Upstream } from '../grpc/client/upstream.js';
import { runInContext } from '../requests/request-context.js';
import { continueTrace } from '../requests/trace-context.js';
import { bootGrpcService } from '../service/grpc-service.js';
import { ServiceContext } from '../context/service-context.js';
import { TestKeys } from '../testing/test-keys.js';
import { Sessions } from './sessions.js';

const keys = new TestKeys();
const ENV = { NODE_ENV: 'test', LOG_LEVEL: 'silent', HOST: '127.0.0.1', HEALTH_PORT: '0' };
const revoked = { reason: 'TOKEN_REVOKED', kind: 'unauthenticated' };

const identity = (sessionId: string | undefined, ...roles: string[]) => ({
  principal: { id: 'jane', roles },
  token: '',
  expiresAt: new Date(),
  ...(sessionId && { sessionId }),
});

describe('Sessions', () => {
  afterEach(() => void jest.restoreAllMocks());
  const later = (ms: number) => jest.spyOn(Date, 'now').mockReturnValue(Date.now() + ms);

  it('looks up a session in use once every five seconds, and one that has ended never again', async () => {
    let open = true;
    const lookup = jest.fn(() => Promise.resolve(open));
    const sessions = new Sessions(lookup);
    await Promise.all(Array.from({ length: 10 }, () => sessions.requireOpen(identity('a'))));
    expect(lookup).toHaveBeenCalledTimes(1);
    open = false;
    await sessions.requireOpen(identity('a'));
    later(5_001);
    await expect(sessions.requireOpen(identity('a'))).rejects.toMatchObject(revoked);
    later(60_000);
    await expect(sessions.requireOpen(identity('a'))).rejects.toMatchObject(revoked);
    expect(lookup).toHaveBeenCalledTimes(2);
  });

  it('accepts everyone but admins while the issuer does not answer, and retries soon', async () => {
    const lookup = jest.fn(() => Promise.reject(new Error('away')));
    const sessions = new Sessions(lookup);
    await sessions.requireOpen(identity('a', 'customer'));
    const away = { reason: 'UNAVAILABLE', kind: 'unavailable' };
    await expect(sessions.requireOpen(identity('a', 'admin'))).rejects.toMatchObject(away);
    later(1_001);
    await sessions.requireOpen(identity('a', 'customer'));
    expect(lookup).toHaveBeenCalledTimes(2);
  });

  it('accepts tokens without a session', async () => {
    await new Sessions(() => Promise.resolve(false)).requireOpen(identity(undefined, 'admin'));
    await new Sessions().requireOpen(identity('a', 'admin'));
  });
});

describe('a service with SESSIONS_URL', () => {
  const closing: (() => Promise<void> | void)[] = [];
  afterEach(async () => {
    for (const close of closing.splice(0).reverse()) await close();
  });

  async function boot(env: Record<string, string>, open = new Set<string>()) {
    const options = greeterOptions();
    const sessionStore = {
      provide: 'session store',
      inject: [ServiceContext],
      useFactory: ({ sessions }: ServiceContext) => sessions.setLookup((id) => Promise.resolve(open.has(id))),
    };
    const providers = [...options.module.providers, ...(env['SESSIONS_URL'] ? [] : [sessionStore])];
    const module = { ...options.module, providers };
    const service = await bootGrpcService({ ...options, module }, { ...ENV, ...keys.variables, ...env });
    closing.push(() => service.stop());
    return service.port;
  }

  async function greet(port: number, sessionId: string, ...roles: string[]) {
    const principal = { id: 'jane', roles };
    const token = await keys.sign({ ...principal, sessionId });
    const upstream = new Upstream(GreeterService, 'test.v1.Greeter', `127.0.0.1:${port}`);
    closing.push(() => upstream.close());
    const context = { requestId: 'r', trace: continueTrace(undefined) };
    return runInContext({ ...context, identity: { token, principal, expiresAt: new Date() } }, () =>
      upstream.call('greet', { name: 'Jane' }),
    );
  }

  it('refuses tokens within seconds of the end of their session, like the issuer itself', async () => {
    const open = new Set<string>();
    const issuer = await boot({}, open);
    const service = await boot({ SESSIONS_URL: `127.0.0.1:${issuer}`, SESSIONS_NAME: 'issuer' });
    const sessionId = randomUUID();
    await expect(greet(service, sessionId)).rejects.toMatchObject(revoked);
    const other = randomUUID();
    open.add(other);
    for (const port of [issuer, service]) expect(await greet(port, other, 'admin')).toMatchObject({});
    open.delete(other);
    for (const port of [issuer, service])
      await eventually('the token is refused', () =>
        greet(port, other, 'admin').then(
          () => false,
          ({ reason }: { reason: string }) => reason === 'TOKEN_REVOKED',
        ),
      );
  });

  it('keeps serving customers while the issuer is unavailable', async () => {
    const service = await boot({ SESSIONS_URL: '127.0.0.1:1' });
    expect(await greet(service, randomUUID(), 'customer')).toMatchObject({ text: 'Hello Jane' });
    await expect(greet(service, randomUUID(), 'admin')).rejects.toMatchObject({ reason: 'UNAVAILABLE' });
  });
});
