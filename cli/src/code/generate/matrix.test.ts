import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import fc from 'fast-check';
import { loadSystem } from '../../model/system/load-system.js';
import { generateConsumer } from './consumer/generate-consumer.js';
import { generateEvent } from './event/generate-event.js';
import { riskyNames } from './names/risky-names.fixture.js';
import { kebab, wordsOf } from './names/words.js';
import { RealShop } from './real-shop.fixture.js';
import { generateRpc } from './rpc/generate-rpc.js';
import { generateService, serviceSlicesOf } from './service/generate-service.js';
import { Tools } from './tools.fixture.js';
import { shapes, validRequest } from './requests.fixture.js';
import type { MsxError } from '../../terminal/errors/msx-error.js';
import type { ServiceRequest } from './service/service-request.js';

jest.setTimeout(1_800_000);

/** Each takes seconds: a short run has a few, the long run has more, and every shape. */
const runs = Number(process.env['PROPERTY_RUNS'] ?? 10);
const seed = Number(process.env['PROPERTY_SEED'] ?? 1);
const long = runs >= 100;

const serviceOf = (entity: string, fields: string): ServiceRequest => ({
  name: `${kebab(wordsOf(entity))}-keeper`,
  entity,
  fields,
});
const shaped = Object.entries(shapes).map(([entity, fields]) => serviceOf(entity, fields));
const random = fc
  .sample(validRequest, { numRuns: Math.ceil(runs / 10), seed })
  .map(({ entity, fields }) => serviceOf(entity, fields));
/** Names with a meaning in the generated code or its dependencies. */
const risky = riskyNames();
const drawn = fc.sample(fc.shuffledSubarray(risky, { minLength: risky.length }), { numRuns: 1, seed })[0]!;
const named = (long ? risky : drawn.slice(0, 6)).map((entity) =>
  serviceOf(entity, 'label:string!,kind:enum(a|b),flag:bool!'),
);
/** RPCs of each kind, an event and a consumer, added to existing services. */
const plain =
  'a:string!,b:string,c:id!,d:id,e:int!,f:int,g:float!,h:float,i:bool!,j:bool,k:datetime!,l:datetime';
const allRpcs = [`orderId:id,${plain}`, plain, '', 'flag:bool', 'at:datetime'].flatMap((input, n) =>
  [undefined, 'Order'].flatMap((output) =>
    [false, true].map((query) => ({
      target: `order.Try${n}${output ?? 'Nothing'}${query ? 'Query' : ''}`,
      ...{ input, query, public: query === (output === undefined), ...(output && { output }) },
    })),
  ),
);
/** A short run has each input and each of the four kinds once. */
const rpcs = allRpcs.filter((_, n) => long || Math.floor(n / 4) % 4 === n % 4);
const everything = shaped.find(({ entity }) => entity === 'everyHandyThing')!;
const barest = shaped.find(({ entity }) => entity === 'onlyboolThing')!;

/** Conflicts with what the shop already has: the user is told and chooses another name. */
const CLASHES = ['NAME_TAKEN', 'NAME_INVALID', 'FILES_IN_THE_WAY', 'GENERATED_OTHERWISE'];

describe('services of every shape, and random ones, behind one gateway', () => {
  const shop = new RealShop();
  const generated: ServiceRequest[] = [];
  const sliced: string[] = [];
  let tools: Tools;

  beforeAll(async () => {
    for (const request of long ? [...shaped, ...random, ...named] : [everything, barest, ...random, ...named])
      if (await isGenerated(request)) generated.push(request);
    sliced.push(...(await slicesMade()));
    tools = await Tools.forSystem(shop.root);
  });
  afterAll(() => shop.remove());

  /** A request is only refused for a conflict with the shop. */
  const isGenerated = async (request: ServiceRequest) => {
    try {
      const { byHand } = await shop.withContext((context) =>
        generateService(context, request, { dryRun: false }),
      );
      expect(byHand).toEqual([]);
      return true;
    } catch (error) {
      if (CLASHES.includes((error as MsxError).code)) return false;
      throw new Error(`failed: ${JSON.stringify(request)}`, { cause: error });
    }
  };
  const slicesMade = () =>
    shop.withContext(async (context) => {
      const writes = { dryRun: false };
      const outcomes = [];
      for (const request of rpcs) outcomes.push(await generateRpc(context, request, writes));
      const event = { topic: 'order.tried', service: 'order', fields: plain };
      outcomes.push(await generateEvent(context, event, writes));
      const consumer = { topic: 'order.created', service: 'user' };
      outcomes.push(await generateConsumer(context, consumer, writes));
      return outcomes.flatMap(({ created }) => created);
    });
  const folders = () => generated.map(({ name }) => `services/${name}`);

  it('compile, including their tests', async () => {
    expect(generated.length).toBeGreaterThan(2);
    expect(await tools.types()).toBe('');
  });

  it('pass the linter and the formatter', async () => {
    const grown = ['services/order-service/src', 'services/user-service/src'];
    expect(await tools.faults(['proto', ...folders(), ...grown, 'services/api-gateway/src'])).toBe('');
  });

  it('contain no names of the exemplar', () => {
    expect(sliced.length).toBeGreaterThan(rpcs.length * 4);
    const texts = sliced.map((path) => `${path}\n${shop.read(path)}`);
    const leftover =
      /garden|gnome|polish.?boots|sweep.?yard|woken|tool.?shed|village|#(if|each|case|end|file)\b/i;
    expect(texts.filter((text) => leftover.test(text))).toEqual([]);
  });

  it('pass their own tests', async () => {
    const sample = long ? folders().slice(-5) : folders().slice(-1);
    expect(await tools.test(sample)).toMatch(/\nTests: +\d+ passed, \d+ total/);
  });
});

describe('with every database and broker', () => {
  const standard = new RealShop();
  afterAll(() => standard.remove());
  const combinations = ['sqlite', 'postgres'].flatMap((database) =>
    ['embedded', 'kafka', 'external'].map((broker) => ({ database, broker })),
  );

  it.each(combinations)(
    'the code is the same, and msx.yaml has the right driver: %j',
    async ({ database, broker }) => {
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
    },
  );
});

/** The slices of every shape before formatting: the same text is the same code. */
const slicesIn = (shop: RealShop) =>
  shop.withContext(async (context) => {
    const state = await context.state();
    return shaped.map((request) => serviceSlicesOf(context, request, state).slices);
  });

const filesOf = (slices: Awaited<ReturnType<typeof slicesIn>>[number]) => slices.map(({ files }) => files);

const withPostgres = (text: string) =>
  text.replaceAll(/database: \{ driver: sqlite, file: \w+\.db \}/g, 'database: { driver: postgres }');
