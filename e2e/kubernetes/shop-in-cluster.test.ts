import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { ShopClient, until } from '../shop-client.fixture.js';
import { clusterThere, ShopInCluster } from './cluster.fixture.js';
import type { SignedIn } from './cluster.fixture.js';
import { LoadPod } from './load-job.fixture.js';

const MINUTE = 60_000;
const there = clusterThere();
if (!there)
  process.stderr.write('SKIPPED: no Kubernetes to test in (E2E_KUBERNETES=1 takes the one of KUBECONFIG)\n');

interface Failed {
  error: { code: string; message: string };
}

(there ? describe : describe.skip)('the shop in a cluster', () => {
  const shop = new ShopInCluster('microservices');
  let client: SignedIn;
  let close: () => Promise<void> = async () => {};
  const connect = async () => {
    await close();
    ({ client, close } = await shop.client());
  };
  /** What was ordered is what is gone from the stock, once nothing is pending. */
  const booksOf = async (productId: string, stock: number) => {
    const left = await client.stockOf(productId);
    const sql = 'select status, count(*) from orders group by status';
    const rows = await shop.kubectl([
      'exec',
      'postgres-0',
      '--',
      'psql',
      '-h',
      '/tmp',
      '-U',
      'postgres',
      '-d',
      'orders',
      '-tAc',
      sql,
    ]);
    return {
      sold: stock - left,
      orders: Object.fromEntries(
        rows
          .trim()
          .split('\n')
          .map((row) => row.split('|')),
      ),
    };
  };

  beforeAll(async () => {
    await shop.json('deploy', 'k8s', '--timeout', '600');
    await connect();
  }, 12 * MINUTE);
  afterAll(() => close());

  it(
    'lets nobody in without a token, and confirms an order of those who have one',
    async () => {
      const { errors } = await new ShopClient(client.url).ask('{ users(page: 1, limit: 1) { id } }');
      expect(errors?.[0]?.extensions.code).toBe('UNAUTHENTICATED');
      const userId = await client.createUser(`john-${Date.now()}@example.com`);
      const productId = await client.createProduct(50);
      const { data } = await client.order(userId, productId, { quantity: 2 });
      await until(
        () => client.statusOf(data!.createOrder!.id),
        (status) => status === 'CONFIRMED',
        60,
      );
      expect(await client.stockOf(productId)).toBe(48);
    },
    3 * MINUTE,
  );

  it(
    'loses no request and no event while all pods are replaced',
    async () => {
      const stock = 100_000;
      const userId = await client.createUser(`load-${Date.now()}@example.com`);
      const productId = await client.createProduct(stock);
      const env = {
        GATEWAY: 'http://api-gateway/graphql',
        TOKEN: client.token,
        USER: userId,
        PRODUCT: productId,
      };
      const before = (await booksOf(productId, stock)).orders['CONFIRMED'];
      const load = await LoadPod.start(shop, env);
      await shop.json('deploy', 'k8s', '--tag', 'v2', '--timeout', '600');
      const { asked, ordered, failures } = await load.stop();
      expect(failures).toEqual([]);
      expect(Math.min(asked, ordered)).toBeGreaterThan(20);
      await connect();
      const books = await until(
        () => booksOf(productId, stock),
        ({ orders }) => !orders['PENDING'],
        120,
      );
      expect(books.sold).toBe(ordered);
      expect(Number(books.orders['CONFIRMED']) - Number(before ?? 0)).toBe(ordered);
    },
    15 * MINUTE,
  );

  it(
    'goes back by itself when an image cannot be pulled, and says why',
    async () => {
      const { stdout, exitCode } = await shop.msx('deploy', 'k8s', '--tag', 'nowhere', '--json');
      expect(exitCode).toBe(1);
      const { error } = JSON.parse(stdout) as Failed;
      expect(error.code).toBe('ROLLOUT_FAILED');
      expect(error.message).toMatch(/the image shop\/\S+:nowhere cannot be pulled/);
      const { workloads } = await shop.json<{ workloads: { kind: string; name: string; state: string }[] }>(
        'deploy',
        'status',
      );
      const deployments = workloads.filter(({ kind }) => kind === 'Deployment');
      expect(deployments.map(({ state }) => state)).toEqual(deployments.map(() => 'done'));
      expect(await shop.kubectl(['get', 'pods'])).not.toMatch(/ImagePull/);
    },
    5 * MINUTE,
  );

  it(
    'leaves nothing when it is deleted',
    async () => {
      await close();
      await shop.json('deploy', 'delete', '--yes');
      expect(await shop.kubectl(['get', 'namespaces', '-o', 'name'])).not.toContain(
        'namespace/microservices',
      );
      expect(
        await shop.kubectl([
          'get',
          'clusterroles,clusterrolebindings',
          '-l',
          'app.kubernetes.io/part-of=shop',
          '-o',
          'name',
        ]),
      ).toBe('');
    },
    5 * MINUTE,
  );
});
