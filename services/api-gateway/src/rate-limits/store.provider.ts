import { ServiceContext } from '@msx/runtime';
import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS } from '../settings/settings.js';
import type { Settings } from '../settings/settings.js';
import { FailOpenStore } from './fail-open-store.js';
import type { Watcher } from './fail-open-store.js';
import { MemoryStore } from './memory-store.js';
import { RATE_LIMIT_STORE } from './rate-limit-store.js';
import type { RateLimitStore } from './rate-limit-store.js';
import type { RedisLocation } from './redis-store.js';

/** The store of one process, or the Redis that REDIS_URL names; its client is loaded only then. */
export const rateLimitStore: FactoryProvider<RateLimitStore> = {
  provide: RATE_LIMIT_STORE,
  inject: [SETTINGS, ServiceContext],
  useFactory: ({ redis }: Settings, context: ServiceContext) =>
    redis ? sharedStore(redis, context) : new MemoryStore(),
};

async function sharedStore(location: RedisLocation, context: ServiceContext): Promise<RateLimitStore> {
  const { RedisStore } = await import('./redis-store.js');
  const shared = await RedisStore.open(location);
  const store = new FailOpenStore(shared, new MemoryStore(), watcherIn(context));
  await store.watch();
  return store;
}

/** Says it in the log once, and in the health for as long as it lasts; a start does not wait for Redis. */
function watcherIn({ health, logger }: ServiceContext): Watcher {
  const check = health.check('redis');
  check.ok();
  return {
    isThere: () => {
      check.ok();
      logger.log('Rate limits are shared through Redis', 'RateLimits');
    },
    isAway: (reason) => {
      check.fail(reason);
      logger.warn('Redis is away: this process keeps rate limits for itself', { reason }, 'RateLimits');
    },
  };
}
