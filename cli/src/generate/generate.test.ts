import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asMsxError } from '../errors/msx-error.js';
import { departuresOf } from './departures.js';
import { destroySlice } from './destroy-slice.js';
import { RealShop } from './real-shop.fixture.js';
import { generateService } from './service/generate-service.js';
import type { ServiceWish } from './service/service-wish.js';

jest.setTimeout(120_000);

const wish: ServiceWish = {
  name: 'inventory',
  entity: 'stockItem',
  fields: 'sku:string!,price:money,kind:enum(a|b)',
};

describe('generating a service', () => {
  let shop: RealShop;
  beforeEach(() => {
    shop = new RealShop();
  });
  afterEach(() => shop.remove());

  const generate = (more: Partial<ServiceWish> = {}, dryRun = false) =>
    shop.work((workshop) => generateService(workshop, { ...wish, ...more }, { dryRun }));
  const destroy = (id = 'service inventory', dryRun = false) =>
    shop.work((workshop) => destroySlice(workshop, id, { dryRun }));
  const departures = () => shop.work(async (workshop) => departuresOf(workshop, await workshop.ground(), []));

  it('finds a place for everything, once, and is undone without a trace', async () => {
    const before = shop.tree();
    const shown = await generate({}, true);
    expect(shop.tree()).toEqual(before);

    const made = await generate();
    expect({ ...shown, diff: '' }).toEqual({ ...made, diff: '' });
    expect(made).toMatchObject({ port: 50_054, gateway: 'api-gateway', byHand: [], owned: [], removed: [] });
    const after = shop.tree();
    expect(
      Object.keys(after).filter((path) => after[path] !== before[path] && !path.startsWith('.msx/')),
    ).toEqual([...made.created, ...made.changed].sort());
    expect(await departures()).toEqual([]);

    expect(await generate()).toMatchObject({ created: [], changed: [], diff: '' });
    expect(shop.tree()).toEqual(after);

    expect(await destroy()).toMatchObject({ byHand: [], left: [], removed: made.created });
    expect(shop.tree()).toEqual(before);
  });

  it('never touches what is a person’s own, and brings back what is gone', async () => {
    await generate();
    const [mine, lost] = ['services/inventory/src/main.ts', 'services/inventory/README.md'];
    const readme = shop.read(lost);
    shop.edit(mine, (text) => `${text}// mine\n`);
    shop.edit('services/api-gateway/src/app.module.ts', (text) => `${text}// mine, too\n`);
    rmSync(join(shop.root, lost));
    expect(await departures()).toMatchObject([
      { path: lost, state: 'deleted' },
      { path: mine, state: 'changed', diff: expect.stringContaining('+// mine') },
    ]);

    expect(await generate()).toMatchObject({ created: [], changed: [], owned: [lost, mine] });
    expect(shop.read(mine)).toContain('// mine');
    const edited = shop.tree();
    await expect(destroy()).rejects.toMatchObject({ code: 'FILES_OWNED', facts: { files: [mine] } });
    expect(shop.tree()).toEqual(edited);

    shop.edit(mine, (text) => text.replace('// mine\n', ''));
    await destroy();
    expect(shop.read('services/api-gateway/src/app.module.ts')).toMatch(/AppModule \{\}\n\/\/ mine, too\n$/);
    expect(readme).toContain('inventory');
  });

  it('leaves data where it is', async () => {
    await generate();
    for (const file of ['stock-items.db', 'dist/main.js', 'src/gen/x.ts']) {
      mkdirSync(join(shop.root, 'services/inventory', file, '..'), { recursive: true });
      writeFileSync(join(shop.root, 'services/inventory', file), '');
    }
    expect((await destroy()).left).toEqual(['services/inventory/stock-items.db']);
    expect(Object.keys(shop.tree()).filter((path) => path.includes('inventory'))).toEqual([
      'services/inventory/stock-items.db',
    ]);
  });

  it.each<[Partial<ServiceWish>, string, RegExp]>([
    [{ name: 'order-service' }, 'NAME_TAKEN', /service order-service is taken/],
    [{ name: 'inventář' }, 'NAME_INVALID', /"á" is neither a letter/],
    [{ name: 'class' }, 'NAME_INVALID', /is a word of JavaScript/],
    [{ name: 'typeorm' }, 'NAME_TAKEN', /package typeorm is taken/],
    [{ entity: 'order' }, 'NAME_TAKEN', /topic order.created is taken/],
    [{ entity: 'money' }, 'NAME_INVALID', /already means something/],
    [{ entity: 'session' }, 'FILES_IN_THE_WAY', /session.args.ts/],
    [{ port: 50_052 }, 'NAME_TAKEN', /port 50052 is taken by product-service/],
    [{ port: 3_000 }, 'NAME_TAKEN', /port 3000 is taken by api-gateway/],
    [{ port: 65_000 }, 'NAME_INVALID', /health/],
    [{ fields: 'sku:strng' }, 'FIELDS_INVALID', /did you mean "string"/],
    [{ fields: '' }, 'FIELDS_INVALID', /has no type/],
    [{ gateway: 'api-gatway' }, 'UNKNOWN_SERVICE', /no service "api-gatway"/],
  ])('refuses %j, and leaves the tree as it was', async (more, code, message) => {
    const before = shop.tree();
    const error = await generate(more).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(shop.tree()).toEqual(before);
  });

  it('refuses other inputs for what is there, and the needs of others', async () => {
    await generate();
    await expect(generate({ fields: 'sku:string!' })).rejects.toMatchObject({ code: 'GENERATED_OTHERWISE' });
    shop.edit('msx.yaml', (text) => text.replace('needs: [kafka]', 'needs: [kafka, inventory]'));
    const before = shop.tree();
    await expect(destroy()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(destroy('service inventry')).rejects.toMatchObject({ code: 'NOT_GENERATED' });
    expect(shop.tree()).toEqual(before);
  });

  it('leaves a system alone in which it may not write', async () => {
    const before = shop.tree();
    chmodSync(shop.root, 0o555);
    const [root, nobody] = [process.getuid!() === 0, 65_534];
    if (root) process.seteuid!(nobody);
    try {
      expect(asMsxError(await generate().catch((thrown: Error) => thrown))).toMatchObject({
        code: 'NO_ACCESS',
      });
    } finally {
      if (root) process.seteuid!(0);
      chmodSync(shop.root, 0o755);
    }
    expect(shop.tree()).toEqual(before);
  });

  it('writes nothing when it is interrupted, or the ledger is from a newer msx', async () => {
    const before = shop.tree();
    shop.interrupted.abort();
    await expect(generate()).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(shop.tree()).toEqual(before);
    mkdirSync(join(shop.root, '.msx'), { recursive: true });
    writeFileSync(join(shop.root, '.msx/ledger.json'), '{ "version": 2, "slices": {}, "files": {} }');
    await expect(generate()).rejects.toMatchObject({ code: 'LEDGER_INVALID', message: /newer msx/ });
  });
});
