import { StartupError } from '@msx/runtime';
import type { Environment } from '@msx/runtime';
import type { QueryLimits } from '../limits/query-limits.js';
import type { Quota } from '../rate-limits/rate-limit-store.js';
import type { RedisLocation } from '../rate-limits/redis-store.js';
import { browserOrigins, quota, redisUrl, trustedProxies, wholeNumber } from './variables.js';
import type { Reader } from './variables.js';

/** What the gateway lets through, and from whom. */
export interface Settings {
  /** The largest request body that is read, in bytes. */
  readonly bodyLimit: number;
  /** The origins whose pages may call the gateway; `*` is every one. */
  readonly corsOrigins: readonly string[];
  /** Addresses and blocks whose `X-Forwarded-For` is believed. */
  readonly trustProxy: readonly string[];
  readonly query: QueryLimits;
  /** undefined: not limited. */
  readonly rates: { readonly address?: Quota; readonly principal?: Quota };
  /** Where several gateways share what they count; undefined: each counts for itself. */
  readonly redis?: RedisLocation;
}

/** The token that the settings are injected by. */
export const SETTINGS = Symbol('settings');

const BODY_LIMIT = 1024 * 1024;

/** One machine sends everything in development, and load tests are part of it; it still ends a runaway loop. */
const DEVELOPMENT_RATE: Quota = { limit: 60_000, window: 60 };

/**
 * Reads the gateway's own variables, as the runtime reads those of every service: the empty text counts as not set.
 * @throws StartupError CONFIG_INVALID naming every wrong variable at once
 */
export function readSettings(env: Environment): Settings {
  const problems: string[] = [];
  const read = <T, D>(name: string, { read, expects }: Reader<T>, fallback: D): T | D => {
    const text = env[name];
    if (!text) return fallback;
    const value = read(text.trim());
    if (value === undefined) problems.push(`${name} must be ${expects}`);
    return value ?? fallback;
  };
  const rate = (limit: number) => (env.NODE_ENV === 'production' ? { limit, window: 60 } : DEVELOPMENT_RATE);
  const url = read('REDIS_URL', redisUrl, undefined);
  const settings: Settings = {
    bodyLimit: read('BODY_LIMIT', wholeNumber(1, 100 * BODY_LIMIT), BODY_LIMIT),
    corsOrigins: read('CORS_ORIGINS', browserOrigins, []),
    trustProxy: read('TRUST_PROXY', trustedProxies, []),
    query: {
      depth: read('QUERY_MAX_DEPTH', wholeNumber(1, 1_000), 12),
      cost: read('QUERY_MAX_COST', wholeNumber(1, 1_000_000_000), 10_000),
      aliases: read('QUERY_MAX_ALIASES', wholeNumber(0, 10_000), 50),
      rootFields: read('QUERY_MAX_ROOT_FIELDS', wholeNumber(1, 10_000), 20),
      tokens: read('QUERY_MAX_TOKENS', wholeNumber(1, 10_000), 1_000),
    },
    rates: {
      address: limited(read('RATE_LIMIT_ADDRESS', quota, rate(6_000))),
      principal: limited(read('RATE_LIMIT_PRINCIPAL', quota, rate(3_000))),
    },
    ...(url && { redis: { url, timeout: read('REDIS_TIMEOUT', wholeNumber(1, 60_000), 500) } }),
  };
  if (problems.length) throw new StartupError('CONFIG_INVALID', problems.join('; '));
  return settings;
}

function limited(quota: Quota | 'off'): Quota | undefined {
  return quota === 'off' ? undefined : quota;
}
