import { afterAll, expect, it } from '@jest/globals';
import { until } from '../shop-client.fixture.js';
import { describeAtLength, MINUTE, printed, run, ShopInCluster } from './cluster.fixture.js';
import { tagImages } from './node.fixture.js';
import { SignedIn } from './signed-in.fixture.js';

/** The commands of the README, with its ports and names. */
describeAtLength('the shop in a cluster, by hand', () => {
  const shop = new ShopInCluster('microservices');
  let client: SignedIn | undefined;
  afterAll(() => client?.leave());

  it(
    'is up after kubectl apply -f k8s/ on an empty cluster',
    async () => {
      await tagImages('latest');
      await printed('kubectl', ['apply', '-f', 'k8s/']);
      const workloads = (await shop.kubectl(['get', 'deployments,statefulsets', '-o', 'name'])).trim();
      for (const name of workloads.split('\n'))
        await shop.kubectl(['rollout', 'status', name, '--timeout=600s']);
      const pods = (service: string) =>
        shop.kubectl(['get', 'pods', '-l', `app.kubernetes.io/name=${service}`, '-o', 'name']);
      for (const service of ['user-service', 'product-service', 'order-service', 'api-gateway'])
        await until(
          () => pods(service),
          (names) => names.trim().split('\n').length === 2,
          60,
        );
    },
    12 * MINUTE,
  );

  it('takes orders at localhost:3000, through kubectl port-forward svc/api-gateway 3000:80', async () => {
    client = await SignedIn.enter(shop, '3000');
    expect(client.url).toBe('http://127.0.0.1:3000/graphql');
    const userId = await client.createUser('john@example.com');
    const productId = await client.createProduct(50);
    const { data } = await client.order(userId, productId, { quantity: 2 });
    await client.confirmed(data!.createOrder!.id, 60);
  });

  it(
    'is taken over by npm run k8s:apply, after which there is no difference',
    async () => {
      await printed('npm', ['run', '--silent', 'k8s:apply']);
      expect(await shop.json('deploy', 'diff')).toMatchObject({ changed: [] });
      expect(await shop.json('deploy', 'k8s', '--dry-run')).toMatchObject({ objects: expect.any(Number) });
    },
    8 * MINUTE,
  );

  it(
    'is gone after npm run k8s:delete, which asks first',
    async () => {
      await client!.leave();
      const { exitCode, stderr } = await run('npm', ['run', '--silent', 'k8s:delete']);
      expect({ exitCode, stderr }).toMatchObject({ exitCode: 2, stderr: expect.stringContaining('--yes') });
      await printed('npm', ['run', '--silent', 'k8s:delete', '--', '--yes']);
      expect(await printed('kubectl', ['get', 'namespaces', '-o', 'name'])).not.toContain('microservices');
    },
    5 * MINUTE,
  );
});
