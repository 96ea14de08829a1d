import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { finished, ShopCopy } from './shop-copy.fixture.js';
import { ShopClient } from './shop-client.fixture.js';
import { describeWhere } from '../checks/skipping.fixture.js';

/** A broker as `kafka-secure.sh` starts it: plaintext at the port, SASL_SSL five above it. */
const { TEST_KAFKA_SECURE_PORT: port, TEST_KAFKA_CA: authority } = process.env;

describeWhere(port && authority, 'npm run test:kafka-secure runs it')(
  'the shop on a Kafka that lets in only those it knows',
  () => {
    let shop: ShopCopy;
    beforeAll(async () => void (shop = await ShopCopy.create()));
    afterAll(() => shop?.destroy());

    it('confirms orders', async () => {
      const environment = {
        KAFKA_BROKERS: `127.0.0.1:${Number(port) + 5}`,
        KAFKA_SECURITY: 'sasl_ssl',
        KAFKA_CA: authority,
        KAFKA_USERNAME: 'app',
        KAFKA_PASSWORD: 'app-secret',
      };
      const starting = shop.startWith(environment, 'dev', 'start', '--broker', 'external', '--json');
      expect(await finished(starting)).toMatchObject({ code: 0 });
      const client = new ShopClient(shop.graphql);
      const userId = await client.createUser('john@example.com');
      const productId = await client.createProduct(50);
      const { data } = await client.order(userId, productId, { quantity: 2 });
      await client.confirmed(data!.createOrder!.id, 60);
    });
  },
);
