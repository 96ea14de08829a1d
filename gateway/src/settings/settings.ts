import { defineSettings, MAX_BATCH } from '@msx/runtime';
import type { DefaultText, ServiceSettings, ValuesOf } from '@msx/runtime';
import { ENGINES } from './engine.js';
import type { EngineName } from './engine.js';
import type { QueryLimits } from '../limits/query-limits.js';
import type { Quota } from './quota.js';
import type { RedisLocation } from './redis-location.js';
import { browserOrigins, oneOf, quota, redisUrl, trustedProxies, wholeNumber } from './variables.js';

/** The settings of a gateway. */
export interface Settings {
  /** The maximum size of a request body, in bytes. */
  readonly bodyLimit: number;
  /** The origins whose pages may call the gateway; `*` allows all. */
  readonly corsOrigins: readonly string[];
  /** Addresses and blocks whose `X-Forwarded-For` is trusted. */
  readonly trustProxy: readonly string[];
  readonly engine: EngineName;
  readonly query: QueryLimits;
  /** Undefined: not limited. */
  readonly rates: {
    readonly address?: Quota;
    readonly principal?: Quota;
    /** Per address and account. */
    readonly login?: Quota;
    /** Per address, for all accounts, including new ones. */
    readonly passwords?: Quota;
  };
  /** The maximum number of open sockets for subscriptions. */
  readonly sockets: { readonly total: number; readonly perAddress: number };
  /** The Redis in which several gateways share rate limits; undefined: each counts on its own. */
  readonly redis?: RedisLocation;
}

/** The injection token of the settings. */
export const SETTINGS = Symbol('settings');

const BODY_LIMIT = 1024 * 1024;

/** In development, one machine sends all requests, including load tests; this still stops a runaway loop. */
const DEVELOPMENT_RATE: Quota = { limit: 60_000, window: 60 };

const VARIABLES = {
  BODY_LIMIT: {
    ...wholeNumber(1, 100 * BODY_LIMIT),
    default: String(BODY_LIMIT),
    purpose: 'The maximum size of a request body, in bytes.',
  },
  CORS_ORIGINS: {
    ...browserOrigins,
    purpose: 'The origins whose pages may call the gateway (default: none).',
  },
  TRUST_PROXY: {
    ...trustedProxies,
    purpose: 'The proxies whose X-Forwarded-For header is trusted (default: none).',
  },
  GRAPHQL_ENGINE: {
    ...oneOf(ENGINES),
    default: 'compiled',
    purpose: 'The engine that executes operations; both give the same responses.',
  },
  QUERY_MAX_DEPTH: {
    ...wholeNumber(1, 1_000),
    default: '12',
    purpose: 'The maximum nesting of fields; introspection is not counted.',
  },
  QUERY_MAX_COST: {
    ...wholeNumber(1, 1_000_000_000),
    default: '10000',
    purpose: 'The maximum number of objects in a response; a list counts as often as its page size says.',
  },
  QUERY_MAX_ALIASES: {
    ...wholeNumber(0, 10_000),
    default: '50',
    purpose: 'The maximum number of aliases in a query.',
  },
  QUERY_MAX_ROOT_FIELDS: {
    ...wholeNumber(1, 10_000),
    default: '20',
    purpose: 'The maximum number of top-level fields in a query.',
  },
  QUERY_MAX_TOKENS: {
    ...wholeNumber(1, 10_000),
    default: '1000',
    purpose: 'The maximum number of tokens in a query: names, braces and values.',
  },
  RATE_LIMIT_ADDRESS: {
    ...quota,
    default: developmentOr(6_000),
    purpose: 'The request rate per client address.',
  },
  RATE_LIMIT_PRINCIPAL: {
    ...quota,
    default: developmentOr(3_000),
    purpose: 'The request rate per user.',
  },
  RATE_LIMIT_LOGIN: {
    ...quota,
    default: developmentOr(10),
    purpose: 'The rate of passwords that one address may try for one account.',
  },
  RATE_LIMIT_PASSWORDS: {
    ...quota,
    default: developmentOr(60),
    purpose:
      'The rate of passwords that one address may try or set in total: sign-ins, sign-ups and changes. Each field of a request counts.',
  },
  SOCKETS_MAX: {
    ...wholeNumber(0, 1_000_000),
    default: '5000',
    purpose: 'The maximum number of open sockets for subscriptions.',
  },
  SOCKETS_MAX_PER_ADDRESS: {
    ...wholeNumber(0, 1_000_000),
    default: '2000',
    purpose: 'The maximum number of open sockets per client address.',
  },
  REDIS_URL: {
    ...redisUrl,
    purpose: 'The Redis in which several gateways share rate limits. Without it, each counts on its own.',
  },
  REDIS_TIMEOUT: {
    ...wholeNumber(1, 60_000),
    default: '500',
    purpose: 'The response timeout of Redis, in milliseconds.',
  },
};

type Values = ValuesOf<typeof VARIABLES>;

/** A system's own defaults for settings: `{ QUERY_MAX_COST: 50_000 }`. */
export type SettingsDefaults = Values;

/** The gateway's variables, with a system's own defaults. */
export const gatewaySettings = (defaults: SettingsDefaults = {}): ServiceSettings<Settings> =>
  defineSettings({
    token: SETTINGS,
    variables: VARIABLES,
    from: (values, environment) => settingsFrom({ ...defaults, ...values }, environment === 'production'),
  });

function settingsFrom(values: Values, production: boolean): Settings {
  return {
    bodyLimit: values.BODY_LIMIT ?? BODY_LIMIT,
    corsOrigins: values.CORS_ORIGINS ?? [],
    trustProxy: values.TRUST_PROXY ?? [],
    engine: values.GRAPHQL_ENGINE ?? 'compiled',
    query: queryLimits(values),
    rates: rates(values, production),
    sockets: {
      total: values.SOCKETS_MAX ?? 5_000,
      perAddress: values.SOCKETS_MAX_PER_ADDRESS ?? 2_000,
    },
    ...(values.REDIS_URL && { redis: { url: values.REDIS_URL, timeout: values.REDIS_TIMEOUT ?? 500 } }),
  };
}

function queryLimits(values: Values): QueryLimits {
  return {
    depth: values.QUERY_MAX_DEPTH ?? 12,
    cost: values.QUERY_MAX_COST ?? 10_000,
    aliases: values.QUERY_MAX_ALIASES ?? 50,
    rootFields: values.QUERY_MAX_ROOT_FIELDS ?? 20,
    tokens: values.QUERY_MAX_TOKENS ?? 1_000,
    listLength: MAX_BATCH,
  };
}

function rates(values: Values, production: boolean): Settings['rates'] {
  const rate = (limit: number): Quota => (production ? { limit, window: 60 } : DEVELOPMENT_RATE);
  return {
    address: limited(values.RATE_LIMIT_ADDRESS ?? rate(6_000)),
    principal: limited(values.RATE_LIMIT_PRINCIPAL ?? rate(3_000)),
    login: limited(values.RATE_LIMIT_LOGIN ?? rate(10)),
    passwords: limited(values.RATE_LIMIT_PASSWORDS ?? rate(60)),
  };
}

/** The defaults of `rates`, in the format of the variables. */
function developmentOr(production: number): DefaultText {
  return {
    production: `${production}/60`,
    elsewhere: `${DEVELOPMENT_RATE.limit}/${DEVELOPMENT_RATE.window}`,
  };
}

function limited(quota: Quota | 'off'): Quota | undefined {
  return quota === 'off' ? undefined : quota;
}
