import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { parseSystem } from './load-system.js';
import { serviceEnvironment } from './service-environment.js';
import type { Surroundings } from './service-environment.js';

const shop = parseSystem(
  readFileSync(new URL('../../../msx.yaml', import.meta.url), 'utf8'),
  '/shop',
  () => true,
);
const environmentOf = (name: string, surroundings?: Surroundings) =>
  serviceEnvironment(
    shop,
    shop.services.find((service) => service.name === name)!,
    surroundings,
  );

describe('the environment of a service', () => {
  it('says where to listen, what to talk to, and which topics there must be', () => {
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
    const given = { JWKS: '/mine.json', JWT_ISSUER: 'us' };
    expect(environmentOf('api-gateway', { given })).toMatchObject(given);
  });

  it('names the certificates of this machine when they are asked for, and nobody has others', () => {
    expect(environmentOf('user-service', { tls: true })).toMatchObject({
      TLS_CERT: '/shop/.msx/certs/user-service.pem',
      TLS_KEY: '/shop/.msx/certs/user-service.pem',
      TLS_CA: '/shop/.msx/certs/ca.pem',
    });
    const given = { TLS_CERT: '/mine.pem' };
    expect(environmentOf('user-service', { tls: true, given })).not.toHaveProperty('TLS_KEY');
    expect(environmentOf('user-service')).not.toHaveProperty('TLS_CERT');
  });

  it("yields to the person's own, and to what is meant for one service above all", () => {
    const given = {
      DATABASE_URL: 'postgres://all',
      ORDER_SERVICE_DATABASE_URL: 'postgres://orders',
      LOG_LEVEL: 'debug',
    };
    expect(environmentOf('order-service', { given })).toMatchObject({
      DATABASE_URL: 'postgres://orders',
      LOG_LEVEL: 'debug',
    });
    expect(environmentOf('user-service', { given })).toMatchObject({ DATABASE_URL: 'postgres://all' });
    expect(environmentOf('api-gateway', { given })).not.toHaveProperty('DATABASE_URL');
  });

  it('names the database that the containers of the system have for it, when msx.yaml says postgres', () => {
    const orders = shop.services.find(({ name }) => name === 'order-service')!;
    const service = { ...orders, database: { driver: 'postgres', file: 'orders.db' } } as const;
    const url = (given: NodeJS.ProcessEnv) => serviceEnvironment(shop, service, { given })['DATABASE_URL'];
    expect(url({})).toBe('postgres://postgres:postgres@127.0.0.1:5432/orders');
    const given = { POSTGRES_PASSWORD: 'a b', POSTGRES_PORT: '25432' };
    expect(url(given)).toBe('postgres://postgres:a%20b@127.0.0.1:25432/orders');
    expect(url({ DATABASE_URL: 'postgres://all' })).toBe('postgres://all');
  });

  it('asks for sign-in in production, and allows what a laptop has', () => {
    const production = environmentOf('order-service', { mode: 'production', brokers: 'k:1' });
    expect(production).toMatchObject({ NODE_ENV: 'production', ALLOW_SQLITE: 'true', KAFKA_BROKERS: 'k:1' });
    expect(production).not.toHaveProperty('AUTH');
  });
});
