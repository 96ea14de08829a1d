import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { ShopClient, until } from './shop-client.fixture.js';
import { finished, ShopCopy } from './shop-copy.fixture.js';

jest.setTimeout(240_000);

interface RunFile {
  engine: { pid: number };
  processes: { name: string; pid: number }[];
}

const STOCK = 100;
/** How long a decision may take, in seconds; then the stock is asked. */
const LIMIT = 2;

describe('events that are lost with the broker, while the databases stay', () => {
  let shop: ShopCopy;
  let client: ShopClient;
  let productId: string;
  let userId: string;

  beforeAll(async () => {
    shop = await ShopCopy.create();
    client = new ShopClient(shop.graphql);
    const start = shop.startWith({ DECISION_TIMEOUT: String(LIMIT) }, 'dev', 'start', '--timeout', '150');
    expect(await finished(start)).toMatchObject({ code: 0 });
    productId = await client.createProduct(STOCK);
    userId = await client.createUser('buyer@example.com');
  });
  afterAll(async () => {
    for (const name of ['product-service', 'engine']) await signal(name, 'SIGCONT').catch(() => undefined);
    await shop?.destroy();
  });

  async function signal(name: string, signal: NodeJS.Signals): Promise<void> {
    const run = JSON.parse(await readFile(join(shop.root, '.msx/run.json'), 'utf8')) as RunFile;
    const pid = name === 'engine' ? run.engine.pid : run.processes.find((each) => each.name === name)?.pid;
    process.kill(pid!, signal);
  }

  async function orderService(path: string): Promise<string> {
    const port = Number(shop.grpc('order-service').split(':')[1]) + 1000;
    return (await fetch(`http://127.0.0.1:${port}${path}`)).text();
  }
  const metric = async (name: string): Promise<number[]> => {
    const lines = (await orderService('/metrics')).split('\n').filter((line) => line.startsWith(`${name}{`));
    return lines.map((line) => Number(line.split(' ').at(-1)));
  };

  async function confirmedOrder(): Promise<string> {
    const { id } = (await client.order(userId, productId, { quantity: 3 })).data!.createOrder!;
    await client.confirmed(id);
    return id;
  }

  /** The gateway would ask product-service first. */
  async function orderAt(quantity: number): Promise<string> {
    const items = [{ productId, quantity, price: { minorUnits: 2_999, currencyCode: 'USD' } }];
    const request = JSON.stringify({ userId, items });
    const answer = await shop.json<{ order: { id: string } }>(
      'call',
      'order-service',
      'CreateOrder',
      request,
    );
    return answer.order.id;
  }

  /** Its data goes while nothing can start it again. */
  async function loseTheBroker(): Promise<void> {
    await signal('engine', 'SIGSTOP');
    await signal('kafka', 'SIGKILL');
    await rm(join(shop.root, '.msx/kafka'), { recursive: true });
    await signal('engine', 'SIGCONT');
  }

  it('leave nothing undecided and no stock behind', async () => {
    const [kept, ...cancelled] = [await confirmedOrder(), await confirmedOrder(), await confirmedOrder()];
    await signal('product-service', 'SIGSTOP');
    const undecided = [
      await orderAt(1),
      await orderAt(2),
      await orderAt(3),
      await orderAt(4),
      await orderAt(5),
    ];
    for (const id of cancelled) await client.data(`mutation { cancelOrder(id: "${id}") { status } }`);
    await until(
      () => metric('outbox_messages'),
      ([waiting]) => waiting === 0,
    );
    await loseTheBroker();

    await until(
      () => orderService('/health/ready'),
      (health) => health.includes('order.decision is overdue, the oldest since'),
    );
    expect((await metric('deadlines_overdue')).reduce((sum, each) => sum + each, 0)).toBe(5 + 2);
    expect(Math.max(...(await metric('deadlines_oldest_overdue_seconds')))).toBeGreaterThan(0);
    const why = await until(
      () => shop.msx('dev', 'why', 'order-service'),
      ({ stdout }) => stdout.includes('order.decision is overdue'),
    );
    expect(why.stdout).toContain('product-service');

    await signal('product-service', 'SIGCONT');
    await until(
      () => Promise.all(undecided.map((id) => client.statusOf(id))),
      (statuses) => !statuses.includes('PENDING'),
      60,
    );
    const statuses = await Promise.all([kept!, ...undecided].map((id) => client.statusOf(id)));
    const quantities = [3, 1, 2, 3, 4, 5];
    const sold = quantities.reduce((sum, each, n) => sum + (statuses[n] === 'CONFIRMED' ? each : 0), 0);
    await until(
      () => client.stockOf(productId),
      (stock) => stock === STOCK - sold,
      60,
    );
    await until(
      () => metric('deadlines_overdue'),
      (left) => left.length === 0,
    );
    expect(await orderService('/health/ready')).not.toContain('overdue');
    await confirmedOrder();
  });
});
