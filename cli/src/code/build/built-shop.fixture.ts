import { afterAll, afterEach, beforeAll, beforeEach } from '@jest/globals';
import { ShopCopy } from '../../shop-copy.fixture.js';
import { buildStale } from './build-stale.js';

/** Builds a shop once for the tests of a file, and gives each test its own copy. */
export function beforeEachBuiltShop(take: (shop: ShopCopy) => void): void {
  let built: ShopCopy;
  let shop: ShopCopy;
  beforeAll(async () => {
    built = new ShopCopy();
    await buildStale(built.system);
  });
  afterAll(() => built.remove());
  beforeEach(() => {
    shop = new ShopCopy(built);
    take(shop);
  });
  afterEach(() => shop.remove());
}
