import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ShopCopy } from './shop-copy.fixture.js';
import { ShopClient, until } from './shop-client.fixture.js';
import { TopicRecorder } from './topic-recorder.fixture.js';

const MINUTES = 60_000;
const FIELDS =
  'sku:string!,price:money,stock:int=3,active:bool,tags:string[],kind:enum(rawGood|tool)!,releasedAt:datetime';

interface StockItem {
  id: string;
  sku: string;
  price: number;
  stock: number;
  tags: string[];
  kind: string;
}

describe('a generated service', () => {
  let shop: ShopCopy;
  let client: ShopClient;
  let recorder: TopicRecorder | undefined;

  beforeAll(async () => {
    shop = await ShopCopy.create();
    client = new ShopClient(shop.graphql);
    await shop.json('generate', 'service', 'inventory', '--entity', 'StockItem', '--fields', FIELDS);
    await shop.json('dev', 'start', '--watch', '--timeout', '300');
  }, 10 * MINUTES);
  afterAll(async () => {
    await recorder?.close();
    await shop?.destroy();
  }, 5 * MINUTES);

  it(
    'answers through the gateway, and publishes its changes',
    async () => {
      const created = await client.data<{ createStockItem: StockItem }>(
        `mutation { createStockItem(sku: "A-1", price: 19.99, tags: ["new"], kind: RAW_GOOD, releasedAt: "2026-01-02T03:04:05.678Z") { id sku price stock tags kind } }`,
      );
      const { id } = created.createStockItem;
      const item = { id, sku: 'A-1', price: 19.99, stock: 3, tags: ['new'], kind: 'RAW_GOOD' };
      expect(created.createStockItem).toEqual(item);
      await client.data(`mutation { updateStockItem(id: "${id}", stock: 8) { id } }`);
      const read = `{ stockItem(id: "${id}") { id sku price stock tags kind releasedAt } }`;
      expect(await client.data(read)).toEqual({
        stockItem: { ...item, stock: 8, releasedAt: '2026-01-02T03:04:05.678Z' },
      });
      const refused = await client.ask('mutation { createStockItem(sku: " ", kind: TOOL) { id } }');
      expect(refused.errors![0]!.extensions.code).toBe('VALIDATION_FAILED');
      await client.data(`mutation { deleteStockItem(id: "${id}") { id } }`);
      const gone = await client.ask(read);
      expect(gone.errors![0]!.extensions.code).toBe('STOCK_ITEM_NOT_FOUND');

      const topics = ['stock-item.created', 'stock-item.updated', 'stock-item.deleted'];
      recorder = await TopicRecorder.open(shop.kafka, topics);
      await until(
        async () => topics.filter((topic) => recorder!.of(topic).length === 0),
        (missing) => missing.length === 0,
        120,
      );
      expect(recorder.of('stock-item.updated')[0]).toMatchObject({
        key: id,
        value: { stockItem: { id, sku: 'A-1', stock: 8, kind: 'STOCK_ITEM_KIND_RAW_GOOD' } },
      });
    },
    5 * MINUTES,
  );

  it(
    'starts at once where the system is watched, and is gone when it is destroyed',
    async () => {
      const made = await shop.json<{ running: string }>(
        ...['generate', 'service', 'people', '--entity', 'Person', '--fields', 'name:string!'],
      );
      expect(made.running).toBe('joined');
      const create = 'mutation { createPerson(name: "Ann") { name } }';
      const answer = () => client.data<{ createPerson: { name: string } }>(create);
      expect(await until(answer, ({ createPerson }) => createPerson.name === 'Ann', 240)).toBeTruthy();
      expect(await client.data('{ people(page: 1, limit: 1) { name } peopleCount }')).toEqual({
        people: [{ name: 'Ann' }],
        peopleCount: 1,
      });

      await shop.json('destroy', 'service', 'people');
      await until(
        () => client.ask('{ peopleCount }'),
        ({ errors }) => errors?.[0]?.extensions.code === 'GRAPHQL_VALIDATION_FAILED',
        240,
      );
      const { processes } = await shop.json<{ processes: { name: string; phase: string }[] }>(
        'dev',
        'status',
      );
      expect(processes.filter(({ name, phase }) => name === 'people' && phase !== 'idle')).toEqual([]);
      expect(await client.data('{ stockItemsCount }')).toEqual({ stockItemsCount: 0 });
    },
    10 * MINUTES,
  );
});
