import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { describeAtLength, MINUTE, ShopInCluster } from './cluster.fixture.js';
import { ExternalServices } from './external-services.fixture.js';
import { SignedIn } from './signed-in.fixture.js';

const DATABASES = { 'user-service': 'users', 'product-service': 'products', 'order-service': 'orders' };

describeAtLength('the shop in a cluster, with an external Kafka and PostgreSQL', () => {
  let external: ExternalServices;
  let shop: ShopInCluster;
  let client: SignedIn | undefined;

  beforeAll(async () => {
    external = await ExternalServices.start('external');
    const there = {
      'kubernetes.replicas': '1',
      'kafka.brokers': external.brokers,
      'kafka.mechanism': 'plain',
      databases: 'external',
    };
    const settings = Object.entries(there).flatMap(([key, value]) => [
      '--set',
      `environments.there.${key}=${value}`,
    ]);
    shop = new ShopInCluster('shop-elsewhere', ['--env', 'there', ...settings]);
  }, 5 * MINUTE);
  afterAll(async () => {
    await client?.leave();
    await shop?.json('deploy', 'delete', '--yes');
    await external?.stop();
  }, 5 * MINUTE);

  it('is not deployed without the Secrets to reach them', async () => {
    const { code, message } = await shop.deployFailure('e2e');
    expect(code).toBe('SECRETS_MISSING');
    expect(message).toMatch(/kafka-client: username, password, ca\.crt[^]*order-service-database: url/);
  });

  it(
    'confirms orders, and runs neither of them itself',
    async () => {
      await external.createSecrets(shop.namespace, DATABASES);
      await shop.deploy('e2e');
      expect(await shop.kubectl(['get', 'statefulsets', '-o', 'name'])).toBe('');
      client = await SignedIn.enter(shop);
      const userId = await client.createUser('john@example.com');
      const { data } = await client.order(userId, await client.createProduct(50), { quantity: 2 });
      await client.confirmed(data!.createOrder!.id, 60);
      expect(await external.query('orders', 'select count(*) from orders')).toBe('1');
    },
    8 * MINUTE,
  );
});
