import { describe, expect, it } from '@jest/globals';
import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { parseSystem } from './load-system.js';
import { serviceEnvironment } from './service-environment.js';
import type { EnvironmentOptions } from './service-environment.js';

const shop = parseSystem(
  readFileSync(new URL('../../../../msx.yaml', import.meta.url), 'utf8'),
  '/shop',
  () => true,
);
const environmentOf = (name: string, options?: EnvironmentOptions) =>
  serviceEnvironment(
    shop,
    shop.services.find((service) => service.name === name)!,
    options,
  );

describe('the environment of a service', () => {
  it('contains its own addresses, those of others, and the required topics', () => {
    expect(environmentOf('order-service')).toEqual({
      NODE_ENV: 'development',
      HOST: '127.0.0.1',
      PORT: '50053',
      HEALTH_PORT: '51053',
      KAFKA_BROKERS: '127.0.0.1:9092',
      TOPICS:
        'order.created=3,order.status.changed=3,order.stock.decided=3,order.stock.decided.order-service.dlq=1',
      LOG_LEVEL: 'info',
      AUTH: 'optional',
      JWT_ISSUER: 'shop',
      JWT_AUDIENCE: 'shop',
      JWKS: '/shop/.msx/keys/jwks.json',
      SESSIONS_URL: '127.0.0.1:50051',
      SESSIONS_NAME: 'user-service',
      CALLERS: 'api-gateway',
      PRODUCT_SERVICE_URL: '127.0.0.1:50052',
      DATABASE_URL: 'sqlite:orders.db',
    });
    expect(environmentOf('api-gateway')).toMatchObject({
      PORT: '3000',
      TOPICS: 'product.stock.updated=3,order.status.changed=3',
      USER_SERVICE_URL: '127.0.0.1:50051',
      PRODUCT_SERVICE_URL: '127.0.0.1:50052',
      ORDER_SERVICE_URL: '127.0.0.1:50053',
    });
    expect(environmentOf('api-gateway')).not.toHaveProperty('DATABASE_URL');
  });

  it('gives the private keys to the issuer alone', () => {
    expect(environmentOf('user-service')).toMatchObject({ JWT_KEYS: '/shop/.msx/keys/jwt-keys.json' });
    expect(environmentOf('order-service')).not.toHaveProperty('JWT_KEYS');
    expect(environmentOf('user-service')).not.toHaveProperty('SESSIONS_URL');
    const overrides = { JWKS: '/mine.json', JWT_ISSUER: 'us' };
    expect(environmentOf('api-gateway', { overrides })).toMatchObject(overrides);
  });

  it('contains the certificates of this machine when requested, unless the user has others', () => {
    expect(environmentOf('user-service', { tls: true })).toMatchObject({
      TLS_CERT: '/shop/.msx/certs/user-service.pem',
      TLS_KEY: '/shop/.msx/certs/user-service.pem',
      TLS_CA: '/shop/.msx/certs/ca.pem',
    });
    const overrides = { TLS_CERT: '/mine.pem' };
    expect(environmentOf('user-service', { tls: true, overrides })).not.toHaveProperty('TLS_KEY');
    expect(environmentOf('user-service')).not.toHaveProperty('TLS_CERT');
    expect(environmentOf('user-service')).toMatchObject({ CALLERS: 'api-gateway' });
    const alone = { ...shop, services: shop.services.filter(({ kind }) => kind === 'grpc') };
    expect(serviceEnvironment(alone, alone.services[0]!)).toMatchObject({ CALLERS: 'none' });
  });

  it("is overridden by the user's own variables, above all by those for a single service", () => {
    const overrides = {
      DATABASE_URL: 'postgres://all',
      ORDER_SERVICE_DATABASE_URL: 'postgres://orders',
      LOG_LEVEL: 'debug',
    };
    expect(environmentOf('order-service', { overrides })).toMatchObject({
      DATABASE_URL: 'postgres://orders',
      LOG_LEVEL: 'debug',
    });
    expect(environmentOf('user-service', { overrides })).toMatchObject({ DATABASE_URL: 'postgres://all' });
    expect(environmentOf('api-gateway', { overrides })).not.toHaveProperty('DATABASE_URL');
  });

  it('contains the database of this machine, when msx.yaml says postgres', () => {
    const root = mkdtempSync(join(tmpdir(), 'system-'));
    const orders = shop.services.find(({ name }) => name === 'order-service')!;
    const service = { ...orders, database: { driver: 'postgres', file: 'orders.db' } } as const;
    const environment = (overrides: NodeJS.ProcessEnv) =>
      serviceEnvironment({ ...shop, root }, service, { overrides });
    const url = (overrides: NodeJS.ProcessEnv) => environment(overrides)['DATABASE_URL'];
    expect(url({})).toBe('postgres://postgres:postgres@127.0.0.1:5432/orders');
    const overrides = { POSTGRES_PASSWORD: 'a b', POSTGRES_PORT: '25432' };
    expect(url(overrides)).toBe('postgres://postgres:a%20b@127.0.0.1:25432/orders');
    expect(url({ DATABASE_URL: 'postgres://all' })).toBe('postgres://all');

    const file = join(root, '.msx/databases/order-service.url');
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, 'postgres://orders:secret@127.0.0.1:5432/orders');
    expect(environment(overrides)).toMatchObject({ DATABASE_URL_FILE: file });
    expect(url(overrides)).toBeUndefined();
    expect(environment({ DATABASE_URL: 'postgres://all' })).not.toHaveProperty('DATABASE_URL_FILE');
    rmSync(root, { recursive: true });
  });

  it('requires sign-in in production, and allows SQLite and plaintext', () => {
    const production = environmentOf('order-service', { mode: 'production', brokers: 'k:1' });
    expect(production).toMatchObject({ NODE_ENV: 'production', ALLOW_SQLITE: 'true', KAFKA_BROKERS: 'k:1' });
    expect(production).not.toHaveProperty('AUTH');
  });
});
