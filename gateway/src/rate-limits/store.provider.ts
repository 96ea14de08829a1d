import { ServiceContext } from '@msx/runtime';
import type { FactoryProvider } from '@nestjs/common';
import { SETTINGS } from '../settings/settings.js';
import type { Settings } from '../settings/settings.js';
import { FailOpenStore } from './fail-open-store.js';
import type { StoreObserver } from './fail-open-store.js';
import { MemoryStore } from './memory-store.js';
import { RATE_LIMIT_STORE } from './rate-limit-store.js';
import type { RateLimitStore } from './rate-limit-store.js';
import type { RedisLocation } from '../settings/redis-location.js';

/** A store in memory, or the Redis of REDIS_URL, whose client is loaded only then. */
export const rateLimitStore: FactoryProvider<RateLimitStore> = {
  provide: RATE_LIMIT_STORE,
  inject: [SETTINGS, ServiceContext],
  useFactory: ({ redis }: Settings, context: ServiceContext) =>
    redis ? sharedStore(redis, context) : new MemoryStore(),
};

async function sharedStore(location: RedisLocation, context: ServiceContext): Promise<RateLimitStore> {
  const { RedisStore } = await import('./redis-store.js');
  const shared = await RedisStore.open(location);
  const store = new FailOpenStore(shared, new MemoryStore(), observerIn(context));
  await store.watch();
  return store;
}

/** Logs each change, and reports the state in the health check; the start does not wait for Redis. */
function observerIn({ health, logger }: ServiceContext): StoreObserver {
  const check = health.check('redis');
  check.ok();
  return {
    available: () => {
      check.ok();
      logger.log('Rate limits are shared through Redis', 'RateLimits');
    },
    unavailable: (reason) => {
      check.fail(reason);
      logger.warn(
        'Redis is unavailable: this process enforces rate limits on its own',
        { reason },
        'RateLimits',
      );
    },
  };
}
