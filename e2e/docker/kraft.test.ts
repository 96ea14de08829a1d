import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { createConnection } from 'node:net';
import { ShopClient } from '../shop-client.fixture.js';
import { describeInDocker } from './describe-in-docker.fixture.js';
import { docker, DockerShop } from './docker.fixture.js';
import { orderOnce } from './order-once.fixture.js';

jest.setTimeout(600_000);

let shop: DockerShop;
let client: ShopClient;

describeInDocker('the shop on docker compose 2, with Kafka without ZooKeeper', () => {
  beforeAll(async () => {
    shop = await DockerShop.create('kraft');
    client = new ShopClient(shop.copy.graphql);
  });
  afterAll(() => shop?.destroy());

  it('takes orders when it is scaled from the start', async () => {
    await shop.json('docker', 'up', '--scale', 'user-service=3', '--scale', 'product-service=2');
    expect(await shop.containers('user-service')).toHaveLength(3);
    expect(await shop.containers('product-service')).toHaveLength(2);
    expect(await shop.containers('zookeeper')).toEqual([]);
    await orderOnce(client, 'john@example.com');
  });

  it('can be inspected with compose itself', async () => {
    const listed = await shop.compose('docker compose', 'ps', '--format', '{{.Service}} {{.Health}}');
    expect(listed).toContain('order-service healthy');
  });

  it('is left unchanged by a second up', async () => {
    const before = (await shop.containers()).map(({ id }) => id).sort();
    await shop.json('docker', 'up', '--scale', 'user-service=3', '--scale', 'product-service=2');
    expect((await shop.containers()).map(({ id }) => id).sort()).toEqual(before);
  });

  it('stops a service gracefully', async () => {
    const { id } = (await shop.containers('order-service'))[0]!;
    await docker.getContainer(id).stop({ t: 60 });
    expect((await docker.getContainer(id).inspect()).State.ExitCode).toBe(0);
    await shop.json('docker', 'up', 'order-service');
  });

  it('publishes ports of services with docker-compose.ports.yml', async () => {
    const files = ['-f', 'docker-compose.yml', '-f', 'docker-compose.ports.yml'];
    await shop.compose('docker compose', ...files, 'up', '-d', '--no-deps', 'order-service');
    await new Promise<void>((resolve, reject) => {
      const port = Number(shop.copy.grpc('order-service').split(':')[1]);
      const socket = createConnection(port, '127.0.0.1', () => resolve(void socket.destroy()));
      socket.once('error', reject);
    });
  });

  it('shares rate limits through Redis, and removes Redis as well', async () => {
    await shop.json('docker', 'up', '--profile', 'redis', 'redis', 'api-gateway');
    const [gateway] = await shop.containers('api-gateway');
    const { Config } = await docker.getContainer(gateway!.id).inspect();
    expect(Config.Env).toContain('REDIS_URL=redis://redis:6379');
    expect(await shop.containers('redis')).toMatchObject([{ health: 'healthy' }]);
    await orderOnce(client, 'jane@example.com');
    await shop.json('docker', 'down', '--volumes', '--yes');
    expect(await shop.containers()).toEqual([]);
    expect(await shop.leftovers()).toEqual([]);
  });
});
