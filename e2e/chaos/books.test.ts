import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { ShopClient, until } from '../shop-client.fixture.js';
import { ShopCopy } from '../shop-copy.fixture.js';

/** Kills per process, and the number of orders that are placed meanwhile. */
const kills = Number(process.env.CHAOS_KILLS ?? 1);
const orders = Number(process.env.CHAOS_ORDERS ?? 100);
const buyers = 6;
const stock = 1_000_000;

const processes = ['user-service', 'product-service', 'order-service', 'api-gateway', 'kafka', 'engine'];

jest.setTimeout(60_000 + kills * processes.length * 30_000);

interface RunFile {
  engine: { pid: number };
  processes: { name: string; pid: number }[];
}
interface Placed {
  id: string;
  quantity: number;
}

describe('the books, while processes are killed', () => {
  let shop: ShopCopy;
  let client: ShopClient;

  beforeAll(async () => {
    shop = await ShopCopy.create();
    await shop.json('dev', 'start');
    client = new ShopClient(shop.graphql);
  });
  afterAll(() => shop?.destroy());

  it('balance: nothing lost, nothing oversold, nothing applied twice', async () => {
    const userId = await client.createUser('buyer@example.com');
    const products = await Promise.all([1, 2, 3].map(() => client.createProduct(stock)));
    const progress = { killed: 0, placed: 0 };
    const [placed] = await Promise.all([placeOrders(userId, products, progress), killEverything(progress)]);

    expect(placed).toHaveLength(orders);
    expect(new Set(placed.map(({ id }) => id)).size).toBe(orders);
    const statuses = await until(
      () => statusesOf(placed),
      (all) => !all.includes('PENDING'),
      120,
    );
    expect(statuses.every((status) => status === 'CONFIRMED')).toBe(true);

    const left = await Promise.all(products.map((id) => client.stockOf(id)));
    const taken = left.reduce((sum, each) => sum + stock - each, 0);
    expect(taken).toBe(placed.reduce((sum, { quantity }) => sum + quantity, 0));
    const { userOrdersCount } = await client.data<{ userOrdersCount: number }>(
      `{ userOrdersCount(userId: "${userId}") }`,
    );
    expect(userOrdersCount).toBe(orders);
  });

  /** Spreads the orders over the kills: an order is placed only when its share of the kills has happened. */
  async function placeOrders(
    userId: string,
    products: string[],
    progress: { killed: number; placed: number },
  ) {
    const placed: Placed[] = [];
    const total = kills * processes.length;
    const mayPlace = (n: number) => n < (orders * (progress.killed + 1)) / total;
    const buy = async () => {
      while (progress.placed < orders) {
        if (!mayPlace(progress.placed)) {
          await until(async () => mayPlace(progress.placed), Boolean, 120);
          continue;
        }
        const n = progress.placed++;
        const quantity = 1 + (n % 3);
        const productId = products[n % products.length]!;
        placed.push({ id: await placeOne({ userId, productId, quantity, key: `order-${n}` }), quantity });
      }
    };
    await Promise.all(Array.from({ length: buyers }, buy));
    return placed;
  }

  /** Retries with the same key until there is an answer, as a client with an Idempotency-Key may. */
  async function placeOne(order: { userId: string; productId: string; quantity: number; key: string }) {
    const { data } = await until(
      () => client.order(order.userId, order.productId, order),
      ({ data }) => Boolean(data?.createOrder),
      90,
    );
    return data!.createOrder!.id;
  }

  async function killEverything(progress: { killed: number }) {
    for (let round = 0; round < kills; round++)
      for (const name of processes) {
        const before = await pidOf(name);
        process.kill(before, 'SIGKILL');
        if (name === 'engine') await shop.json('dev', 'start');
        else
          await until(
            () => pidOf(name),
            (pid) => pid !== before,
            60,
          );
        progress.killed++;
      }
    await shop.json('dev', 'start');
  }

  async function pidOf(name: string): Promise<number> {
    const run = JSON.parse(await readFile(join(shop.root, '.msx/run.json'), 'utf8')) as RunFile;
    const pid = name === 'engine' ? run.engine.pid : run.processes.find((each) => each.name === name)?.pid;
    if (!pid) throw new Error(`${name} is not running`);
    return pid;
  }

  async function statusesOf(placed: Placed[]): Promise<string[]> {
    const statuses: string[] = [];
    for (let from = 0; from < placed.length; from += 50)
      statuses.push(
        ...(await Promise.all(placed.slice(from, from + 50).map(({ id }) => client.statusOf(id)))),
      );
    return statuses;
  }
});
