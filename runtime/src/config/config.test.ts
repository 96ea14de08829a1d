import { resolve } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { TestKeys } from '../testing/test-keys.js';
import { StartupError } from '../startup/startup-error.js';
import { loadConfig } from './load-config.js';
import type { ConfigNeeds, Environment } from './config.js';
import { parseDatabaseUrl } from './database-url.js';

const KEYS = new TestKeys();

const NEEDS: ConfigNeeds = { port: 50051, databaseFile: 'users.db', events: true, upstreams: [] };

function failure(env: Environment, needs: ConfigNeeds = NEEDS): StartupError {
  try {
    loadConfig(env, needs);
  } catch (error) {
    return error as StartupError;
  }
  throw new Error('the configuration was accepted');
}

describe('loadConfig', () => {
  it('demands keys in development where other machines can call, or where tokens are required', () => {
    const missing = { code: 'CONFIG_INVALID', message: expect.stringMatching(/^JWKS must be set/) };
    expect(failure({ HOST: '0.0.0.0' })).toMatchObject(missing);
    expect(failure({ AUTH: 'required' })).toMatchObject(missing);
    expect(loadConfig({ AUTH: 'optional', HOST: '0.0.0.0' }, NEEDS).auth).toMatchObject({ required: false });
  });

  it('needs no settings in development on this machine alone', () => {
    expect(loadConfig({}, NEEDS)).toEqual({
      environment: 'development',
      host: '127.0.0.1',
      allowedHosts: ['localhost'],
      kafkaSecurity: {},
      port: 50051,
      healthPort: 51051,
      logLevel: 'info',
      database: { driver: 'sqlite', file: resolve('users.db') },
      brokers: ['127.0.0.1:9092'],
      topics: new Map(),
      upstreams: new Map(),
      own: {},
      tls: undefined,
      maxConnectionAge: 300,
      auth: {
        required: false,
        open: true,
        verificationKeys: undefined,
        signingKeys: undefined,
        issuer: 'msx',
        audience: 'msx',
        accessTokenTtl: 900,
        refreshTokenTtl: 2_592_000,
      },
    });
  });

  it('reads the environment', () => {
    const config = loadConfig(
      {
        NODE_ENV: 'test',
        HOST: '0.0.0.0',
        PORT: '0',
        DATABASE_URL: 'postgres://app:secret@db:6543/shop',
        KAFKA_BROKERS: 'a:9092, b:9093',
        TOPICS: 'order.created=3,order.created.x.dlq=1',
        USER_SERVICE_URL: 'users-1:50051,[::1]:50051',
        LOG_LEVEL: '',
        JWKS: KEYS.jwks,
        ACCESS_TOKEN_TTL: '60',
      },
      { ...NEEDS, upstreams: ['user-service'] },
    );
    expect(config).toMatchObject({
      host: '0.0.0.0',
      port: 0,
      healthPort: 0,
      brokers: ['a:9092', 'b:9093'],
      logLevel: 'info',
    });
    expect(config.database).toMatchObject({ driver: 'postgres', at: 'db:6543/shop' });
    expect(config.topics.get('order.created')).toBe(3);
    expect(config.upstreams.get('user-service')).toBe('users-1:50051,[::1]:50051');
    expect(config.auth).toMatchObject({ required: true, accessTokenTtl: 60 });
    expect(config.auth.verificationKeys?.all).toHaveLength(1);
  });

  it('names every invalid variable in one error, without values that may be secret', () => {
    const env = {
      PORT: 'http',
      LOG_LEVEL: 'loud',
      DATABASE_URL: 'mysql://u:hunter2@h/d',
      TOPICS: 'a=0',
      KAFKA_BROKERS: 'kafka',
      NODE_ENV: 'prod',
      AUTH: 'maybe',
      JWKS: KEYS.jwtKeys,
      JWT_KEYS: '/no/such/file',
      ACCESS_TOKEN_TTL: '15m',
    };
    const error = failure(env, { ...NEEDS, upstreams: ['user-service'] });
    expect(error).toMatchObject({ code: 'CONFIG_INVALID' });
    for (const name of [...Object.keys(env), 'USER_SERVICE_URL']) expect(error.message).toContain(name);
    expect(error.message).not.toContain('hunter2');
    const { d } = (JSON.parse(KEYS.jwtKeys) as { keys: { d: string }[] }).keys[0]!;
    expect(error.message).not.toContain(d);
  });

  it('refuses development settings in production', () => {
    const error = failure({ NODE_ENV: 'production' });
    expect(error).toMatchObject({ code: 'INSECURE_PRODUCTION' });
    expect(error.message).toMatch(/DATABASE_URL.*KAFKA_BROKERS.*JWKS/);
    const open = failure({ NODE_ENV: 'production', AUTH: 'optional' }, { ...NEEDS, issuesTokens: true });
    expect(open.message).toMatch(/AUTH must be required.*JWKS.*JWT_KEYS/);
    const production = { NODE_ENV: 'production', JWKS: KEYS.jwks };
    const local = { ...production, ALLOW_SQLITE: 'true', KAFKA_BROKERS: 'k:9092' };
    expect(loadConfig(local, NEEDS)).toMatchObject({ host: '0.0.0.0', database: { driver: 'sqlite' } });
    const bare = { port: 3000, events: false, upstreams: [] };
    expect(loadConfig(production, bare).database).toBeUndefined();
    expect(failure(production, { ...bare, grpc: true }).message).toMatch(/TLS_CERT.*ALLOW_PLAINTEXT/);
    const calls = { ...bare, upstreams: ['user-service'] };
    const called = { ...production, USER_SERVICE_URL: 'users:1' };
    expect(failure(called, calls).message).toMatch(/TLS_CERT.*ALLOW_PLAINTEXT/);
    expect(loadConfig({ ...called, ALLOW_PLAINTEXT: 'true' }, calls).tls).toBeUndefined();
  });
});

describe('parseDatabaseUrl', () => {
  it.each([
    ['sqlite:data/users.db', { driver: 'sqlite', file: resolve('data/users.db') }],
    ['sqlite:/tmp/users.db', { driver: 'sqlite', file: '/tmp/users.db' }],
    ['sqlite:///tmp/users.db', { driver: 'sqlite', file: '/tmp/users.db' }],
    ['postgresql://h/d', { driver: 'postgres', url: 'postgresql://h/d', at: 'h:5432/d' }],
    ['sqlite:', undefined],
    ['postgres://[', undefined],
    ['users.db', undefined],
  ])('reads %s', (url, expected) => expect(parseDatabaseUrl(url)).toEqual(expected));
});
