import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { until } from '../shop-client.fixture.js';
import { describeAtLength, MINUTE, ShopInCluster } from './cluster.fixture.js';
import { killHard, tagImages } from './node.fixture.js';
import { LoadJob } from './load-job.fixture.js';
import { SignedIn } from './signed-in.fixture.js';

const STOCK = 100_000;
const SERVICES = ['user-service', 'product-service', 'order-service', 'api-gateway'];

describeAtLength('the shop in a cluster, under load', () => {
  const shop = new ShopInCluster('shop-load', ['--set', 'broker.kafka=kraft']);
  let client: SignedIn;

  beforeAll(async () => {
    await tagImages('v2');
    await shop.deploy('e2e', '--load');
    client = await SignedIn.enter(shop);
  }, 12 * MINUTE);
  afterAll(async () => {
    await client?.leave();
    await shop.json('deploy', 'delete', '--yes');
  }, 5 * MINUTE);

  /** A Job that orders a product of its own, so that its orders and stock can be counted separately. */
  const loaded = async (env: Record<string, string> = {}) => {
    const userId = await client.createUser(`load-${Date.now()}@example.com`);
    const productId = await client.createProduct(STOCK);
    const target = { GATEWAY: 'http://api-gateway/graphql', TOKEN: client.token };
    const load = await LoadJob.start(shop, { ...target, USER: userId, PRODUCT: productId, ...env });
    return { load, userId, productId };
  };

  const ordersOf = async (userId: string): Promise<Record<string, number>> => {
    const rows = await shop.query(
      'orders',
      `select status, count(*) from orders where user_id = '${userId}' group by status`,
    );
    return Object.fromEntries(rows.map((row) => row.split('|')).map(([status, n]) => [status, Number(n)]));
  };

  /** Expects all orders to be confirmed, and the stock to be reduced by exactly their number. */
  const booksBalance = async (userId: string, productId: string, ordered: number) => {
    const orders = await until(
      () => ordersOf(userId),
      ({ PENDING = 0 }) => PENDING === 0,
      120,
    );
    expect(orders).toEqual({ CONFIRMED: ordered });
    const [stock] = await shop.query('products', `select stock from products where id = '${productId}'`);
    expect(STOCK - Number(stock)).toBe(ordered);
  };

  it(
    'loses no request and no event while all pods are replaced',
    async () => {
      const { load, userId, productId } = await loaded();
      await shop.deploy('v2');
      const { queried, ordered, failures } = await load.stop();
      expect(failures).toEqual([]);
      expect(Math.min(queried, ordered)).toBeGreaterThan(20);
      await booksBalance(userId, productId, ordered);
    },
    15 * MINUTE,
  );

  it(
    'loses no order when pods are killed',
    async () => {
      await client.leave();
      client = await SignedIn.enter(shop);
      const { load, userId, productId } = await loaded({ PERSIST: 'yes' });
      for (const service of SERVICES) {
        const [pod] = await shop.podsOf(service);
        const { CONFIRMED: before = 0 } = await ordersOf(userId);
        await killHard(pod!.container);
        await until(
          () => ordersOf(userId),
          ({ CONFIRMED = 0 }) => CONFIRMED > before + 5,
          120,
        );
        await shop.kubectl(['wait', '--for=condition=Ready', `pod/${pod!.name}`, '--timeout=180s']);
      }
      const { ordered, failures } = await load.stop();
      expect(ordered).toBeGreaterThan(20);
      process.stderr.write(
        `killed ${SERVICES.length} pods: ${ordered} orders, ${failures.length} repeated\n`,
      );
      await booksBalance(userId, productId, ordered);
    },
    15 * MINUTE,
  );

  it(
    'has exactly one event relay per service, and a new one when it dies',
    async () => {
      await client.leave();
      client = await SignedIn.enter(shop);
      const holders = () =>
        shop.query(
          'orders',
          `select host(client_addr) from pg_locks join pg_stat_activity using (pid)
           where locktype = 'advisory' and classid = 7303 and granted
           and database = (select oid from pg_database where datname = current_database())`,
        );
      const [holder, ...others] = await holders();
      expect(others).toEqual([]);
      await killHard((await shop.podsOf('order-service')).find(({ ip }) => ip === holder)!.container);
      const [next] = await until(holders, ([first]) => Boolean(first) && first !== holder, 60);
      expect((await shop.podsOf('order-service')).map(({ ip }) => ip)).toContain(next);
      const userId = await client.createUser(`relay-${Date.now()}@example.com`);
      const productId = await client.createProduct(STOCK);
      await until(
        () => client.order(userId, productId, { key: 'relay' }),
        ({ data }) => Boolean(data?.createOrder),
        60,
      );
      await booksBalance(userId, productId, 1);
    },
    5 * MINUTE,
  );
});
