import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ShopClient } from '../shop-client.fixture.js';
import { describeInCluster, MINUTE, printed, ShopInCluster } from './cluster.fixture.js';
import { breakGateway } from './node.fixture.js';
import { SignedIn } from './signed-in.fixture.js';
import { deleteOnTerminal, onTerminals } from './terminals.fixture.js';

describeInCluster('the shop in a cluster', () => {
  const small = ['--set', 'kubernetes.replicas=1', '--set', 'broker.kafka=kraft'];
  const shop = new ShopInCluster('shop-once', small);
  let client: SignedIn;

  beforeAll(async () => {
    await shop.deploy('e2e', '--load');
    client = await SignedIn.enter(shop);
  }, 12 * MINUTE);
  afterAll(() => client?.leave());

  it('refuses requests without a token, and confirms an order with one', async () => {
    const { errors } = await new ShopClient(client.url).ask('{ users(page: 1, limit: 1) { id } }');
    expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
    const userId = await client.createUser('john@example.com');
    const productId = await client.createProduct(50);
    const { data } = await client.order(userId, productId, { quantity: 2 });
    await client.confirmed(data!.createOrder!.id, 60);
    expect(await client.stockOf(productId)).toBe(48);
  });

  describe('on a terminal', () => onTerminals(shop));

  it(
    'is rolled back when an image does not work, and the error says why',
    async () => {
      await breakGateway('broken', ['/nowhere']);
      const { code, message } = await shop.deployFailure('broken');
      expect(code).toBe('ROLLOUT_FAILED');
      expect(message).toMatch(/api-gateway .* its container cannot be created: .*nowhere/);
      expect(message).toMatch(/rolled back: .*api-gateway/);
      expect(new Set(Object.values(await shop.tags()))).toEqual(new Set(['e2e']));
      await client.data('{ users(page: 1, limit: 1) { id } }');
    },
    5 * MINUTE,
  );

  it(
    'leaves nothing when it is deleted',
    async () => {
      await client.leave();
      await deleteOnTerminal(shop);
      const all = 'namespaces,clusterroles,clusterrolebindings,customresourcedefinitions';
      const ours = ['-l', 'app.kubernetes.io/part-of=shop', '-o', 'name'];
      expect(await printed('kubectl', ['get', all, ...ours])).toBe('');
      expect(await shop.json('deploy', 'delete', '--yes')).toMatchObject({ deleted: false });
    },
    5 * MINUTE,
  );
});
