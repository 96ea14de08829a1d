import { describe, expect, it } from '@jest/globals';
import { existsSync, readFileSync, rmSync, statSync, utimesSync } from 'node:fs';
import { join } from 'node:path';
import { buildStale } from './build-stale.js';
import { beforeEachBuiltShop } from './built-shop.fixture.js';
import { staleServices } from './stale.js';
import type { ShopCopy } from '../../shop-copy.fixture.js';
import type { Service } from '../../model/system/system.js';

const names = (services: Service[]) => services.map(({ name }) => name);

let shop: ShopCopy;
beforeEachBuiltShop((copy) => (shop = copy));

const path = (file: string) => join(shop.root, file);
const stale = () => names(staleServices(shop.system));

describe('a build', () => {
  it('rebuilds what has changed, and does nothing when nothing has', async () => {
    const { default: stubs } = (await import(path('services/order-service/dist/main.js'))) as {
      default: Record<string, unknown>;
    };
    expect(stubs).toHaveProperty('OrderServiceService');
    expect(await buildStale(shop.system)).toEqual([]);
    shop.edit('services/order-service/src/main.ts', (code) => code + '\nexport const more = 1;');
    expect(names(await buildStale(shop.system))).toEqual(['order-service']);
    expect(shop.read('services/order-service/dist/main.js')).toContain('more = 1');
  });

  it('compares contents: a touched file has not changed', () => {
    const file = path('services/order-service/src/main.ts');
    utimesSync(file, new Date(), new Date(statSync(file).mtimeMs + 60_000));
    expect(stale()).toEqual([]);
  });

  it.each([
    ['its tsconfig.json', 'services/order-service/tsconfig.json', ['order-service']],
    [
      'a package it depends on',
      'runtime/src/main.ts',
      ['user-service', 'product-service', 'order-service', 'api-gateway'],
    ],
    [
      'the shared tsconfig',
      'tsconfig.base.json',
      ['user-service', 'product-service', 'order-service', 'api-gateway'],
    ],
    ['its contracts', 'proto/user.proto', ['user-service', 'api-gateway']],
  ])('is due after a change to %s', (...[, file, expected]) => {
    shop.edit(file, (text) => text + '\n');
    expect(stale()).toEqual(expected);
  });

  it('is not due after a change to its tests', () => {
    shop.write('services/order-service/src/main.test.ts', 'nonsense');
    shop.write('services/order-service/src/some.fixture.ts', 'nonsense');
    expect(stale()).toEqual([]);
  });

  it('restores files missing from dist, and removes those that no longer have a source', async () => {
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

  it('fails with the output of the compiler, and stays due until it succeeds', async () => {
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

  const edited = (code: string) => code + '\nexport const wrong: string = 1;\n';

  it('that fails keeps the previous output, which is fresh again when the error is reverted', async () => {
    const file = 'services/order-service/src/main.ts';
    const before = shop.read(file);
    shop.edit(file, edited);
    await expect(buildStale(shop.system)).rejects.toMatchObject({ code: 'BUILD_FAILED' });
    expect(shop.read('services/order-service/dist/main.js')).not.toContain('wrong');
    shop.write(file, before);
    expect(await buildStale(shop.system)).toEqual([]);
    expect(shop.read('services/order-service/dist/main.js')).not.toContain('wrong');
  });

  it('that fails in a shared package does not affect services that were not built', async () => {
    const before = shop.read('runtime/src/main.ts');
    shop.edit('runtime/src/main.ts', edited);
    const { services } = shop.system;
    const user = services.filter(({ name }) => name === 'user-service');
    await expect(buildStale(shop.system, user)).rejects.toMatchObject({ code: 'BUILD_FAILED' });
    shop.write('runtime/src/main.ts', before);
    await buildStale(shop.system);
    expect(shop.read('runtime/dist/main.js')).not.toContain('wrong');
  });

  it.each([
    ['changed', () => shop.edit('services/order-service/dist/main.js', (code) => code + 'throw 1;')],
    ['added', () => shop.write('services/order-service/dist/old.js', 'throw 1;')],
    ['deleted', () => rmSync(path('services/order-service/dist/main.d.ts'))],
  ])('is due when a file in dist was %s, and restores it', async (_, change) => {
    const contents = () =>
      ['main.js', 'main.d.ts'].map((file) => shop.read(`services/order-service/dist/${file}`));
    const before = contents();
    change();
    expect(stale()).toEqual(['order-service']);
    await buildStale(shop.system);
    expect(contents()).toEqual(before);
    expect(existsSync(path('services/order-service/dist/old.js'))).toBe(false);
    expect(stale()).toEqual([]);
  });

  it('is due for all when the dist of a shared package was changed', async () => {
    shop.edit('runtime/dist/main.js', (code) => code + 'throw 1;');
    expect(stale()).toHaveLength(4);
    await buildStale(shop.system);
    expect(shop.read('runtime/dist/main.js')).not.toContain('throw 1');
  });

  it('removes deleted pages from dist', async () => {
    shop.write('services/order-service/src/pages/page.html', '<p>');
    await buildStale(shop.system);
    rmSync(path('services/order-service/src/pages/page.html'));
    await buildStale(shop.system);
    expect(existsSync(path('services/order-service/dist/pages/page.html'))).toBe(false);
  });

  it('fails when the compiler writes nothing', async () => {
    shop.edit('services/order-service/tsconfig.json', (text) =>
      text.replace('"outDir"', '"emitDeclarationOnly": true, "outDir"'),
    );
    rmSync(path('services/order-service/dist'), { recursive: true });
    await expect(buildStale(shop.system)).rejects.toMatchObject({
      code: 'BUILD_FAILED',
      message: expect.stringMatching(/order-service\/dist: the compiler did not write .*main\.js/),
    });
    expect(stale()).toEqual(['order-service']);
  });

  it('that fails for one service completes for the others', async () => {
    shop.write('services/order-service/src/wrong.ts', 'export const wrong: string = 1;\n');
    shop.edit('services/user-service/src/main.ts', (code) => code + '\nexport const more = 1;');
    const facts = { services: ['order-service'], built: ['user-service'] };
    await expect(buildStale(shop.system)).rejects.toMatchObject({ facts });
    expect(stale()).toEqual(['order-service']);
    expect(shop.read('services/user-service/dist/main.js')).toContain('more = 1');
  });

  it('that fails in a shared package fails for all', async () => {
    shop.write('runtime/src/wrong.ts', 'export const wrong: string = 1;\n');
    shop.write('services/order-service/src/wrong.ts', 'export const wrong: string = 1;\n');
    const all = ['user-service', 'product-service', 'order-service', 'api-gateway'];
    await expect(buildStale(shop.system)).rejects.toMatchObject({ facts: { services: all } });
    expect(stale()).toEqual(all);
  });

  it('runs once for concurrent callers, and all receive the result', async () => {
    rmSync(path('services/order-service/dist'), { recursive: true });
    const runs = [1, 2, 3].map(() => buildStale(shop.system));
    await Promise.race(runs);
    const doneAt = () => statSync(path('services/order-service/dist/.stamp')).mtimeMs;
    const first = doneAt();
    for (const run of runs) expect(names(await run)).toEqual(['order-service']);
    expect(doneAt()).toBe(first);
  });

  it.each([
    ['died', { pid: 999_999_999, startTime: '1' }],
    ['died and whose pid was reused', { pid: process.ppid, startTime: '1' }],
  ])('takes over the lock of a builder that %s', async (_, holder) => {
    shop.write('.msx/build.7.lock', JSON.stringify(holder));
    shop.edit('services/order-service/src/main.ts', (code) => code + '\n');
    expect(names(await buildStale(shop.system))).toEqual(['order-service']);
    expect(readFileSync(path('.msx/build.8.lock'), 'utf8')).toBe('');
  });
});
