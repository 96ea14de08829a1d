import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ShopCopy } from './shop-copy.fixture.js';
import { notSaid } from './truth/sentences.fixture.js';

jest.setTimeout(600_000);

describe('msx verify', () => {
  let shop: ShopCopy;
  beforeAll(async () => {
    shop = await ShopCopy.create();
    await shop.json('dev', 'start', '--timeout', '150');
  });
  afterAll(() => shop?.destroy());

  const nothingIsLeft = () => {
    const copies = join(shop.root, '.msx/verify');
    expect(existsSync(copies) ? readdirSync(copies) : []).toEqual([]);
  };

  /** The processes of the developer's own system. */
  const running = async () => {
    const { processes } = await shop.json<{ processes: { name: string; pid: number; state: string }[] }>(
      'dev',
      'status',
    );
    return processes.map(({ name, pid, state }) => ({ name, pid, state }));
  };

  it('finds that the shop loses nothing, while the shop itself runs', async () => {
    const before = await running();
    expect(before).toHaveLength(5);
    const junit = join(shop.root, 'verify.xml');
    const run = await shop.msx('verify', 'poison', 'last-item', '--seed', '7', '--ci', '--junit', junit);
    expect(run).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^all invariants held: 35 in 2 drills$/m),
    });
    expect(readFileSync(junit, 'utf8')).toContain('<testsuite name="last-item" tests="18" failures="0"');
    expect(await running()).toEqual(before);
    nothingIsLeft();
  });

  notSaid({ command: 'verify', says: 'all invariants held: … in … …' }, async () => {
    const file = join(shop.root, 'services/product-service/src/product/product.service.ts');
    const publish = 'await this.events.created(tx, product);';
    const source = readFileSync(file, 'utf8');
    expect(source).toContain(publish);
    writeFileSync(file, source.replace(publish, ''));
    const run = await shop.msx('verify', 'poison', '--seed', '7', '--ci');
    expect(run).toMatchObject({
      code: 1,
      stderr: expect.stringContaining('error INVARIANTS_BROKEN: 1 of 1 drill'),
    });
    expect(run.stdout).toMatch(
      /expected: each acknowledged change has its event in its topic\n +found: [\da-f-]{36}: no event in product\.created/,
    );
    expect(run.stdout).toMatch(
      /smallest number of changes that breaks it: 1?\d\n +repeat it: msx verify poison --seed 7 --ci\n/,
    );
    nothingIsLeft();
    return run;
  });
});
