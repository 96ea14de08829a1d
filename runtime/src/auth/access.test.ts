import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { GreeterService, greeterOptions } from '../grpc/server/greeter.fixture.js';
import { Upstream } from '../grpc/client/upstream.js';
import { runInContext } from '../requests/request-context.js';
import { continueTrace } from '../requests/trace-context.js';
import { bootGrpcService } from '../service/grpc-service.js';
import type { RunningService } from '../service/service-options.js';
import { TestKeys } from '../testing/test-keys.js';
import { authorize } from './access.js';
import { mayActFor } from './principal.js';

const customer = { id: 'jane', roles: ['customer'] };
const admin = { id: 'root', roles: ['customer', 'admin'] };

describe('authorize', () => {
  it.each([
    ['anyone to a public method', undefined, { public: true }, true],
    ['a principal', customer, {}, true],
    ['a call without a token where tokens are optional', undefined, { roles: ['admin'] }, false],
    ['a role', admin, { roles: ['keeper', 'admin'] }, true],
  ])('lets in %s', (_, principal, access, required) => {
    expect(() => authorize(principal, access, required)).not.toThrow();
  });

  it.each([
    ['UNAUTHENTICATED', undefined, {}, true],
    ['FORBIDDEN', customer, { roles: ['admin'] }, true],
    ['FORBIDDEN', customer, { roles: ['admin'] }, false],
  ])('refuses as %s', (reason, principal, access, required) => {
    expect(() => authorize(principal, access, required)).toThrow(expect.objectContaining({ reason }));
  });
});

describe('mayActFor', () => {
  it('allows users themselves and admins', () => {
    expect(mayActFor('jane', customer)).toBe(true);
    expect(mayActFor('john', customer)).toBe(false);
    expect(mayActFor('john', admin)).toBe(true);
  });
});

describe('a call of a service', () => {
  const keys = new TestKeys();
  let service: RunningService;
  let greeter: Upstream<GreeterService>;

  beforeAll(async () => {
    const env = { NODE_ENV: 'test', LOG_LEVEL: 'silent', HOST: '127.0.0.1', HEALTH_PORT: '0' };
    service = await bootGrpcService(greeterOptions(), { ...env, ...keys.variables });
    greeter = new Upstream(GreeterService, 'test.v1.Greeter', `127.0.0.1:${service.port}`);
  });
  afterAll(async () => {
    greeter.close();
    await service.stop();
  });

  const as = async (token: string | undefined, method: keyof GreeterService) => {
    const identity = token ? { token, principal: customer, expiresAt: new Date() } : undefined;
    const context = { requestId: 'r', trace: continueTrace(undefined), identity };
    return runInContext(context, () => greeter.call(method, { name: 'Jane' }));
  };

  it('carries the token of the request, and runs as its principal', async () => {
    expect(await as(await keys.sign(customer), 'greet')).toMatchObject({ principal: 'jane' });
    expect(await as(await keys.sign(admin), 'salute')).toEqual({ text: 'At your service' });
    expect(await as(undefined, 'welcome')).toEqual({ text: 'Welcome' });
  });

  it('is refused without the required role or a valid token', async () => {
    await expect(as(undefined, 'greet')).rejects.toMatchObject({ reason: 'UNAUTHENTICATED' });
    await expect(as(await keys.sign(customer), 'salute')).rejects.toMatchObject({ reason: 'FORBIDDEN' });
    const forged = await new TestKeys().sign(admin);
    for (const method of ['salute', 'welcome'] as const)
      await expect(as(forged, method)).rejects.toMatchObject({ reason: 'TOKEN_INVALID' });
  });
});
