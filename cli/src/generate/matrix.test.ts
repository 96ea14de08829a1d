import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { loadSystem } from '../system/load-system.js';
import { kebab, wordsOf } from './names/words.js';
import { RealShop } from './real-shop.fixture.js';
import { generateService, serviceSlicesOf } from './service/generate-service.js';
import { Tools } from './tools.fixture.js';
import { shapes, soundWish } from './wishes.fixture.js';
import type { MsxError } from '../errors/msx-error.js';
import type { ServiceWish } from './service/service-wish.js';

jest.setTimeout(1_800_000);

/** Each costs seconds: a few are enough to see that it works, the long run has more of them, and every shape. */
const runs = Number(process.env['PROPERTY_RUNS'] ?? 10);
const seed = Number(process.env['PROPERTY_SEED'] ?? 1);
const long = runs >= 100;

const keeperOf = (entity: string, fields: string): ServiceWish => ({
  name: `${kebab(wordsOf(entity))}-keeper`,
  entity,
  fields,
});
const shaped = Object.entries(shapes).map(([entity, fields]) => keeperOf(entity, fields));
const random = fc
  .sample(soundWish, { numRuns: Math.ceil(runs / 10), seed })
  .map(({ entity, fields }) => keeperOf(entity, fields));
const everything = shaped.find(({ entity }) => entity === 'everyHandyThing')!;
const barest = shaped.find(({ entity }) => entity === 'onlyboolThing')!;

/** What the shop has already: a person is told so, and asks for something else. */
const CLASHES = ['NAME_TAKEN', 'FILES_IN_THE_WAY', 'GENERATED_OTHERWISE'];

describe('services of every shape, and of any, behind one gateway', () => {
  const shop = new RealShop();
  const made: ServiceWish[] = [];
  let tools: Tools;

  beforeAll(async () => {
    for (const wish of long ? [...shaped, ...random] : [everything, barest, ...random])
      if (await isMade(wish)) made.push(wish);
    tools = await Tools.forSystem(shop.root);
  });
  afterAll(() => shop.remove());

  /** Refused is only what clashes with what the shop has. */
  const isMade = async (wish: ServiceWish) => {
    try {
      const { byHand } = await shop.work((workshop) => generateService(workshop, wish, { dryRun: false }));
      expect(byHand).toEqual([]);
      return true;
    } catch (error) {
      if (CLASHES.includes((error as MsxError).code)) return false;
      throw new Error(`failed: ${JSON.stringify(wish)}`, { cause: error });
    }
  };
  const folders = () => made.map(({ name }) => `services/${name}`);

  it('compile, tests and all', async () => {
    expect(made.length).toBeGreaterThan(2);
    expect(await tools.types()).toBe('');
  });

  it('are clean', async () => {
    expect(await tools.faults(['proto', ...folders(), 'services/api-gateway/src'])).toBe('');
  });

  it('pass their own tests', async () => {
    const sample = long ? folders().slice(-5) : folders().slice(-1);
    expect(await tools.test(sample)).toMatch(/\nTests: +\d+ passed, \d+ total/);
  });
});

describe('on every database and broker', () => {
  const standard = new RealShop();
  afterAll(() => standard.remove());
  const combinations = ['sqlite', 'postgres'].flatMap((database) =>
    ['embedded', 'kafka', 'external'].map((broker) => ({ database, broker })),
  );

  it.each(combinations)('the code is the same, and msx.yaml follows: %j', async ({ database, broker }) => {
    const shop = new RealShop();
    try {
      if (database === 'postgres') shop.edit('msx.yaml', withPostgres);
      shop.edit('msx.yaml', (text) => text.replace('mode: embedded', `mode: ${broker}`));
      expect(loadSystem(shop.root).broker.mode).toBe(broker);
      const slices = await slicesIn(shop);
      expect(slices.map(filesOf)).toEqual((await slicesIn(standard)).map(filesOf));
      const edits = JSON.stringify(slices.flatMap((all) => all.flatMap((slice) => slice.edits)));
      const drivers = [...edits.matchAll(/"driver":"(\w+)"/g)].map(([, driver]) => driver);
      expect(new Set(drivers)).toEqual(new Set([database]));
    } finally {
      shop.remove();
    }
  });
});

/** All that is made for every shape, before it is formatted: the same text is the same code. */
const slicesIn = (shop: RealShop) =>
  shop.work(async (workshop) => {
    const ground = await workshop.ground();
    return shaped.map((wish) => serviceSlicesOf(workshop, wish, ground).slices);
  });

const filesOf = (slices: Awaited<ReturnType<typeof slicesIn>>[number]) => slices.map(({ files }) => files);

const withPostgres = (text: string) =>
  text.replaceAll(/database: \{ driver: sqlite, file: \w+\.db \}/g, 'database: { driver: postgres }');
