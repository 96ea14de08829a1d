import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ShopClient, until } from '../shop-client.fixture.js';
import { describeInDocker } from './describe-in-docker.fixture.js';
import { buildImages, DockerShop, SERVICES, TAG } from './docker.fixture.js';
import { orderOnce } from './order-once.fixture.js';
import { onTerminals, removeOnTerminal } from './terminals.fixture.js';

jest.setTimeout(600_000);

const ORDERS = 30;

/** An empty plugin folder hides `docker compose`, so that msx uses docker-compose. */
let plugins: string;
let shop: DockerShop;
let client: ShopClient;

/** The whole system once, as the README shows it. */
describeInDocker('the shop on docker-compose 1.29, with ZooKeeper', () => {
  beforeAll(async () => {
    plugins = await mkdtemp(join(tmpdir(), 'no-plugins-'));
    shop = await DockerShop.create('zookeeper', { DOCKER_CONFIG: plugins });
    client = new ShopClient(shop.copy.graphql);
  });
  afterAll(async () => {
    await shop?.destroy();
    await rm(plugins, { recursive: true, force: true });
  });

  it('is built', async () => {
    const images = await buildImages({}, '--tag', TAG);
    expect(images.map(({ service }) => service).sort()).toEqual([...SERVICES].sort());
  });

  it('takes orders once it is up', async () => {
    await shop.json('docker', 'up');
    expect(await shop.containers('zookeeper')).toMatchObject([{ health: 'healthy' }]);
    await orderOnce(client, 'john@example.com');
  });

  it('uses every container that scaling adds', async () => {
    await shop.json('docker', 'scale', 'user-service=3');
    await until(
      async () => {
        await client.createUser(`user-${Date.now()}@example.com`);
        return shop.callsOf('user-service');
      },
      (calls) => calls.length === 3 && calls.every((count) => count > 0),
      120,
    );
  });

  it('loses no order when a service and Kafka are killed', async () => {
    const userId = await client.createUser('buyer@example.com');
    const productId = await client.createProduct(1000);
    const place = async (n: number) => {
      const { data } = await until(
        () => client.order(userId, productId, { key: `order-${n}` }),
        (answer) => Boolean(answer.data?.createOrder),
        120,
      );
      return data!.createOrder!.id;
    };
    const placed: string[] = [];
    for (let n = 0; n < ORDERS; n++) {
      if (n === ORDERS / 3) await shop.killHard('order-service');
      if (n === (2 * ORDERS) / 3) await shop.killHard('kafka');
      placed.push(await place(n));
    }
    expect(new Set(placed).size).toBe(ORDERS);
    await until(
      () => Promise.all(placed.map((id) => client.statusOf(id))),
      (all) => all.every((status) => status === 'CONFIRMED'),
      180,
    );
    expect(await client.stockOf(productId)).toBe(1000 - ORDERS);
  });

  describe('on a terminal', () => onTerminals(() => shop));

  it('leaves nothing behind', async () => {
    expect(await shop.leftovers()).toContain(`msx-e2e-${shop.copy.port}`);
    await removeOnTerminal(shop);
    expect(await shop.containers()).toEqual([]);
    expect(await shop.leftovers()).toEqual([]);
    expect(await shop.json('docker', 'down')).toEqual({ removed: [] });
  });
});
