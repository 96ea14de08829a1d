import { describe, expect, it } from '@jest/globals';
import type { Environment } from '@msx/runtime';
import { readSettings as read } from '@msx/runtime/testing';
import { gatewaySettings } from './settings.js';

const readSettings = (env: Environment) => read(gatewaySettings(), env);

describe('settings', () => {
  it('have defaults; production is stricter about rates', () => {
    expect(readSettings({ NODE_ENV: 'production', CORS_ORIGINS: '' })).toEqual({
      bodyLimit: 1_048_576,
      corsOrigins: [],
      trustProxy: [],
      engine: 'compiled',
      query: { depth: 12, cost: 10_000, aliases: 50, rootFields: 20, tokens: 1_000, listLength: 1_000 },
      rates: {
        address: { limit: 6_000, window: 60 },
        principal: { limit: 3_000, window: 60 },
        login: { limit: 10, window: 60 },
        passwords: { limit: 60, window: 60 },
      },
      sockets: { total: 5_000, perAddress: 2_000 },
    });
    expect(readSettings({}).rates.address).toEqual({ limit: 60_000, window: 60 });
  });

  it('have the defaults of their documentation', () => {
    for (const environment of ['development', 'production']) {
      const byDefault = readSettings({ NODE_ENV: environment });
      const stated = Object.entries(gatewaySettings().variables).flatMap(([name, { default: text }]) => {
        if (text === undefined || name === 'REDIS_TIMEOUT') return [];
        if (typeof text === 'string') return [[name, text]];
        return [[name, environment === 'production' ? text.production : text.elsewhere]];
      });
      expect(stated.length).toBeGreaterThan(10);
      expect(readSettings({ NODE_ENV: environment, ...Object.fromEntries(stated) })).toEqual(byDefault);
    }
    const redis = { REDIS_URL: 'redis://cache' };
    const { default: timeout } = gatewaySettings().variables.REDIS_TIMEOUT!;
    expect(readSettings({ ...redis, REDIS_TIMEOUT: timeout as string })).toEqual(readSettings(redis));
  });

  it('have a documented purpose', () => {
    for (const [name, { purpose = '' }] of Object.entries(gatewaySettings().variables))
      expect([name, purpose]).toEqual([name, expect.stringMatching(/^[A-Z].+\.$/)]);
  });

  it('are read from variables', () => {
    const env = {
      BODY_LIMIT: '2048',
      CORS_ORIGINS: 'https://shop.example, http://localhost:5173',
      TRUST_PROXY: 'loopback,10.0.0.0/8, ::1',
      GRAPHQL_ENGINE: 'apollo',
      QUERY_MAX_COST: '7',
      RATE_LIMIT_ADDRESS: '5/10',
      RATE_LIMIT_PRINCIPAL: 'off',
    };
    const { bodyLimit, corsOrigins, trustProxy, engine, query, rates } = readSettings(env);
    expect({ bodyLimit, corsOrigins, trustProxy }).toEqual({
      bodyLimit: 2048,
      corsOrigins: ['https://shop.example', 'http://localhost:5173'],
      trustProxy: ['loopback', '10.0.0.0/8', '::1'],
    });
    expect(engine).toBe('apollo');
    expect(query.cost).toBe(7);
    expect(rates).toMatchObject({ address: { limit: 5, window: 10 }, principal: undefined });
  });

  it.each([
    ['BODY_LIMIT', ['0', '-1', '1.5', '1e3', 'much']],
    ['CORS_ORIGINS', ['shop.example', 'https://shop.example/', 'https://shop.example,', 'null']],
    ['TRUST_PROXY', ['1', 'true', '10.0.0.0/33', '::1/129', 'proxy.example', '10.0.0.0/8/8']],
    ['GRAPHQL_ENGINE', ['Apollo', 'mercurius']],
    ['QUERY_MAX_TOKENS', ['0', '100000']],
    ['RATE_LIMIT_ADDRESS', ['0/60', '60', '60/0', '60/1m']],
    ['REDIS_URL', ['localhost:6379', 'http://localhost', 'redis:', 'redis://']],
  ])('of %s that are invalid are refused by name', (name, values) => {
    for (const value of values) {
      expect(() => readSettings({ [name]: value })).toThrow(
        expect.objectContaining({
          code: 'CONFIG_INVALID',
          message: expect.stringMatching(`^${name} must be `),
        }),
      );
    }
  });

  it('include the URL of Redis, whose password is never in a message', () => {
    expect(readSettings({ REDIS_URL: 'rediss://u:p@cache:6380/1', REDIS_TIMEOUT: '250' }).redis).toEqual({
      url: 'rediss://u:p@cache:6380/1',
      timeout: 250,
    });
    const wrong = (): unknown => readSettings({ REDIS_URL: 'redis//u:secret@cache' });
    expect(wrong).toThrow(/^REDIS_URL must be/);
    expect(wrong).not.toThrow(/secret/);
  });

  it('report all problems at once', () => {
    expect(() => readSettings({ BODY_LIMIT: 'x', QUERY_MAX_DEPTH: 'y' })).toThrow(
      /^BODY_LIMIT must be .+; QUERY_MAX_DEPTH must be [^;]+$/,
    );
  });
});
