import { afterEach, beforeEach, describe, expect, it, jest } from '@jest/globals';
import { chmodSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { asMsxError } from '../../terminal/errors/msx-error.js';
import { driftOf } from './drift.js';
import { destroySlice } from './destroy-slice.js';
import { RealShop } from './real-shop.fixture.js';
import { generateService } from './service/generate-service.js';
import type { ServiceRequest } from './service/service-request.js';

jest.setTimeout(120_000);

const request: ServiceRequest = {
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

  const generate = (more: Partial<ServiceRequest> = {}, dryRun = false) =>
    shop.withContext((context) => generateService(context, { ...request, ...more }, { dryRun }));
  const destroy = (id = 'service inventory', dryRun = false) =>
    shop.withContext((context) => destroySlice(context, id, { dryRun }));
  const departures = () =>
    shop.withContext(async (context) => driftOf(context, await context.state(), []).files);

  it('adds everything once, and can be undone completely', async () => {
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

  it('never changes files of the user, and reports missing ones', async () => {
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

    await shop.withContext((context) =>
      destroySlice(context, 'service inventory', { dryRun: false, force: true }),
    );
    expect(Object.keys(shop.tree()).filter((path) => path.startsWith('services/inventory'))).toEqual([]);
    expect(shop.read('services/api-gateway/src/app.module.ts')).toMatch(/AppModule \{\}\n\/\/ mine, too\n$/);
    expect(readme).toContain('inventory');
  });

  it('keeps data files', async () => {
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

  it.each<[Partial<ServiceRequest>, string, RegExp]>([
    [{ name: 'order-service' }, 'NAME_TAKEN', /service order-service is taken/],
    [{ name: 'inventář' }, 'NAME_INVALID', /"á" is neither a letter/],
    [{ name: 'class' }, 'NAME_INVALID', /is a reserved word in JavaScript/],
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
  ])('refuses %j without changing the tree', async (more, code, message) => {
    const before = shop.tree();
    const error = await generate(more).then(
      () => undefined,
      (thrown: Error) => thrown,
    );
    expect(error).toMatchObject({ code, message: expect.stringMatching(message) });
    expect(shop.tree()).toEqual(before);
  });

  it('refuses other inputs for an existing service, and destroying what others need', async () => {
    await generate();
    await expect(generate({ fields: 'sku:string!' })).rejects.toMatchObject({ code: 'GENERATED_OTHERWISE' });
    shop.edit('msx.yaml', (text) => text.replace('needs: [kafka]', 'needs: [kafka, inventory]'));
    const before = shop.tree();
    await expect(destroy()).rejects.toMatchObject({ code: 'CONFIG_INVALID' });
    await expect(destroy('service inventry')).rejects.toMatchObject({ code: 'NOT_GENERATED' });
    expect(shop.tree()).toEqual(before);
  });

  it('does not change a system without write access', async () => {
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

  it('writes nothing when interrupted, or when the ledger was written by a newer msx', async () => {
    const before = shop.tree();
    shop.interrupted.abort();
    await expect(generate()).rejects.toMatchObject({ code: 'INTERRUPTED' });
    expect(shop.tree()).toEqual(before);
    mkdirSync(join(shop.root, '.msx'), { recursive: true });
    writeFileSync(join(shop.root, '.msx/ledger.json'), '{ "version": 2, "slices": {}, "files": {} }');
    await expect(generate()).rejects.toMatchObject({ code: 'LEDGER_INVALID', message: /newer msx/ });
  });
});
