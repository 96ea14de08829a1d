import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { existsSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { ShopCopy } from '../shop-copy.fixture.js';
import { buildStale } from './build-stale.js';
import { staleServices } from './stale.js';
import type { Service } from '../system/system.js';

const names = (services: Service[]) => services.map(({ name }) => name);

let built: ShopCopy;
let shop: ShopCopy;
beforeAll(async () => {
  built = new ShopCopy();
  await buildStale(built.system);
});
afterAll(() => built.remove());
beforeEach(() => {
  shop = new ShopCopy(built);
});
afterEach(() => shop.remove());

const path = (file: string) => join(shop.root, file);
const stale = () => names(staleServices(shop.system));

describe('a build', () => {
  it('is of what has changed, and nothing is done when nothing has', async () => {
    const { default: stubs } = (await import(path('services/order-service/dist/main.js'))) as {
      default: Record<string, unknown>;
    };
    expect(stubs).toHaveProperty('OrderServiceService');
    expect(await buildStale(shop.system)).toEqual([]);
    shop.edit('services/order-service/src/main.ts', (code) => code + '\nexport const more = 1;');
    expect(names(await buildStale(shop.system))).toEqual(['order-service']);
    expect(shop.read('services/order-service/dist/main.js')).toContain('more = 1');
  });

  it('goes by content: a touched file is not a changed one', () => {
    const file = path('services/order-service/src/main.ts');
    utimesSync(file, new Date(), new Date(statSync(file).mtimeMs + 60_000));
    expect(stale()).toEqual([]);
  });

  it.each([
    ['its settings', 'services/order-service/tsconfig.json', ['order-service']],
    [
      'what it stands on',
      'runtime/src/main.ts',
      ['user-service', 'product-service', 'order-service', 'api-gateway'],
    ],
    [
      'the settings of all',
      'tsconfig.base.json',
      ['user-service', 'product-service', 'order-service', 'api-gateway'],
    ],
    ['its contracts', 'proto/user.proto', ['user-service', 'api-gateway']],
  ])('is due after a change of %s', (...[, file, expected]) => {
    shop.edit(file, (text) => text + '\n');
    expect(stale()).toEqual(expected);
  });

  it('is not due after a change of its tests', () => {
    shop.write('services/order-service/src/main.test.ts', 'nonsense');
    shop.write('services/order-service/src/some.fixture.ts', 'nonsense');
    expect(stale()).toEqual([]);
  });

  it('makes again what is gone from dist, and takes away what has no source any more', async () => {
    rmSync(path('services/user-service/dist/gen/user.js'));
    rmSync(path('services/order-service/dist'), { recursive: true });
    shop.write('services/api-gateway/src/old.ts', 'export const old = 1;');
    shop.write('services/api-gateway/src/page.html', '<p>');
    expect(names(await buildStale(shop.system))).toEqual(['user-service', 'order-service', 'api-gateway']);
    expect(existsSync(path('services/user-service/dist/gen/user.js'))).toBe(true);
    expect(existsSync(path('services/order-service/dist/main.js'))).toBe(true);
    expect(shop.read('services/api-gateway/dist/page.html')).toBe('<p>');
    rmSync(path('services/api-gateway/src/old.ts'));
    await buildStale(shop.system);
    expect(existsSync(path('services/api-gateway/dist/old.js'))).toBe(false);
    expect(existsSync(path('services/api-gateway/dist/gen/user.js'))).toBe(true);
  });

  it('fails in the words of the compiler, and is due until it succeeds', async () => {
    shop.write('services/order-service/src/wrong.ts', 'export const wrong: string = 1;\n');
    await expect(buildStale(shop.system)).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      facts: { services: ['order-service'] },
      message: expect.stringMatching(/services\/order-service\/src\/wrong\.ts.1.14.*TS2322/),
    });
    expect(stale()).toEqual(['order-service']);
    shop.write('services/order-service/src/wrong.ts', 'export const right: string = "1";\n');
    expect(names(await buildStale(shop.system))).toEqual(['order-service']);
  });

  it('that fails for one service is done for the others', async () => {
    shop.write('services/order-service/src/wrong.ts', 'export const wrong: string = 1;\n');
    shop.edit('services/user-service/src/main.ts', (code) => code + '\nexport const more = 1;');
    const facts = { services: ['order-service'], built: ['user-service'] };
    await expect(buildStale(shop.system)).rejects.toMatchObject({ facts });
    expect(stale()).toEqual(['order-service']);
    expect(shop.read('services/user-service/dist/main.js')).toContain('more = 1');
  });

  it('that fails for what all stand on fails for all', async () => {
    shop.write('runtime/src/wrong.ts', 'export const wrong: string = 1;\n');
    shop.write('services/order-service/src/wrong.ts', 'export const wrong: string = 1;\n');
    const all = ['user-service', 'product-service', 'order-service', 'api-gateway'];
    await expect(buildStale(shop.system)).rejects.toMatchObject({ facts: { services: all } });
    expect(stale()).toEqual(all);
  });

  it('is done once when many ask for it at the same time, and all are told', async () => {
    rmSync(path('services/order-service/dist'), { recursive: true });
    const runs = [1, 2, 3].map(() => buildStale(shop.system));
    await Promise.race(runs);
    const doneAt = () => statSync(path('services/order-service/dist/.inputs')).mtimeMs;
    const first = doneAt();
    for (const run of runs) expect(names(await run)).toEqual(['order-service']);
    expect(doneAt()).toBe(first);
  });

  it('takes the lock of a builder that died', async () => {
    shop.write('.msx/build.lock', '999999999');
    shop.edit('services/order-service/src/main.ts', (code) => code + '\n');
    expect(names(await buildStale(shop.system))).toEqual(['order-service']);
    expect(existsSync(path('.msx/build.lock'))).toBe(false);
  });
});
