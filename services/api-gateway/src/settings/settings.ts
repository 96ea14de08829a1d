import { defineSettings } from '@msx/runtime';
import type { ValuesOf } from '@msx/runtime';
import { ENGINES } from '../graphql/engine.js';
import type { EngineName } from '../graphql/engine.js';
import type { QueryLimits } from '../limits/query-limits.js';
import type { Quota } from '../rate-limits/rate-limit-store.js';
import type { RedisLocation } from '../rate-limits/redis-store.js';
import { browserOrigins, oneOf, quota, redisUrl, trustedProxies, wholeNumber } from './variables.js';

/** What the gateway lets through, and from whom. */
export interface Settings {
  /** The largest request body that is read, in bytes. */
  readonly bodyLimit: number;
  /** The origins whose pages may call the gateway; `*` is every one. */
  readonly corsOrigins: readonly string[];
  /** Addresses and blocks whose `X-Forwarded-For` is believed. */
  readonly trustProxy: readonly string[];
  readonly engine: EngineName;
  readonly query: QueryLimits;
  /** undefined: not limited. */
  readonly rates: { readonly address?: Quota; readonly principal?: Quota; readonly login?: Quota };
  /** How many sockets for subscriptions may be open at a time. */
  readonly sockets: { readonly total: number; readonly perAddress: number };
  /** Where several gateways share what they count; undefined: each counts for itself. */
  readonly redis?: RedisLocation;
}

/** The token that the settings are injected by. */
export const SETTINGS = Symbol('settings');

const BODY_LIMIT = 1024 * 1024;

/** One machine sends everything in development, and load tests are part of it; it still ends a runaway loop. */
const DEVELOPMENT_RATE: Quota = { limit: 60_000, window: 60 };

const VARIABLES = {
  BODY_LIMIT: wholeNumber(1, 100 * BODY_LIMIT),
  CORS_ORIGINS: browserOrigins,
  TRUST_PROXY: trustedProxies,
  GRAPHQL_ENGINE: oneOf(ENGINES),
  QUERY_MAX_DEPTH: wholeNumber(1, 1_000),
  QUERY_MAX_COST: wholeNumber(1, 1_000_000_000),
  QUERY_MAX_ALIASES: wholeNumber(0, 10_000),
  QUERY_MAX_ROOT_FIELDS: wholeNumber(1, 10_000),
  QUERY_MAX_TOKENS: wholeNumber(1, 10_000),
  RATE_LIMIT_ADDRESS: quota,
  RATE_LIMIT_PRINCIPAL: quota,
  RATE_LIMIT_LOGIN: quota,
  SOCKETS_MAX: wholeNumber(0, 1_000_000),
  SOCKETS_MAX_PER_ADDRESS: wholeNumber(0, 1_000_000),
  REDIS_URL: redisUrl,
  REDIS_TIMEOUT: wholeNumber(1, 60_000),
};

/** The gateway's own variables. */
export const gatewaySettings = defineSettings({
  token: SETTINGS,
  variables: VARIABLES,
  from: (values, environment): Settings => ({
    bodyLimit: values.BODY_LIMIT ?? BODY_LIMIT,
    corsOrigins: values.CORS_ORIGINS ?? [],
    trustProxy: values.TRUST_PROXY ?? [],
    engine: values.GRAPHQL_ENGINE ?? 'compiled',
    query: queryLimits(values),
    rates: rates(values, environment === 'production'),
    sockets: {
      total: values.SOCKETS_MAX ?? 5_000,
      perAddress: values.SOCKETS_MAX_PER_ADDRESS ?? 2_000,
    },
    ...(values.REDIS_URL && { redis: { url: values.REDIS_URL, timeout: values.REDIS_TIMEOUT ?? 500 } }),
  }),
});

type Values = ValuesOf<typeof VARIABLES>;

function queryLimits(values: Values): QueryLimits {
  return {
    depth: values.QUERY_MAX_DEPTH ?? 12,
    cost: values.QUERY_MAX_COST ?? 10_000,
    aliases: values.QUERY_MAX_ALIASES ?? 50,
    rootFields: values.QUERY_MAX_ROOT_FIELDS ?? 20,
    tokens: values.QUERY_MAX_TOKENS ?? 1_000,
  };
}

function rates(values: Values, production: boolean): Settings['rates'] {
  const rate = (limit: number): Quota => (production ? { limit, window: 60 } : DEVELOPMENT_RATE);
  return {
    address: limited(values.RATE_LIMIT_ADDRESS ?? rate(6_000)),
    principal: limited(values.RATE_LIMIT_PRINCIPAL ?? rate(3_000)),
    login: limited(values.RATE_LIMIT_LOGIN ?? rate(10)),
  };
}

function limited(quota: Quota | 'off'): Quota | undefined {
  return quota === 'off' ? undefined : quota;
}
