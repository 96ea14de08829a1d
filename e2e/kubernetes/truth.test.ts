import { afterAll, beforeAll, describe } from '@jest/globals';
import { join } from 'node:path';
import { notSaid } from '../truth/sentences.fixture.js';
import { describeAtLength, MINUTE, root, run, ShopInCluster } from './cluster.fixture.js';
import { breakGateway } from './node.fixture.js';

describeAtLength('messages about a cluster, when they are not true', () => {
  const small = ['--set', 'kubernetes.replicas=1', '--set', 'broker.kafka=kraft'];
  const shop = new ShopInCluster('shop-untrue', small);
  const timeout = 5 * MINUTE;
  const deploy = (...args: string[]) => shop.msx('deploy', 'k8s', ...small, ...args);

  beforeAll(() => shop.deploy('e2e', '--load'), 12 * MINUTE);
  afterAll(async () => {
    await shop
      .kubectl(['patch', 'configmap', 'held', '-p', '{"metadata":{"finalizers":null}}'])
      .catch(() => {});
    await shop.msx('deploy', 'delete', '--yes');
  }, timeout);

  notSaid({ command: 'deploy rollback', says: 'rolled back: …', timeout }, () =>
    shop.msx('deploy', 'rollback'),
  );
  notSaid({ command: 'deploy delete', says: 'there is no namespace … in …', timeout }, () =>
    shop.msx('deploy', 'delete'),
  );
  notSaid({ command: 'deploy diff', says: 'the cluster matches msx.yaml', timeout }, async () => {
    await shop.kubectl(['scale', 'deployment/user-service', '--replicas=2']);
    return shop.msx('deploy', 'diff', '--tag', 'e2e', ...small);
  });
  notSaid({ command: 'deploy k8s', says: 'nothing would change', timeout }, () =>
    deploy('--tag', 'e2e', '--diff'),
  );
  notSaid({ command: 'deploy k8s', says: 'loaded …', timeout }, () => {
    const argv = ['deploy', 'k8s', '--tag', 'e2e', ...small, '--load', '--namespace', shop.namespace];
    return run(join(root, 'node_modules/.bin/msx'), argv, { env: { CTR: 'false' } });
  });

  describe('of a gateway that never gets up', () => {
    const silent = async () => {
      await breakGateway('silent', ['node', '-e', 'setInterval(() => {}, 1000)']);
      return deploy('--tag', 'silent', '--timeout', '40', '--no-rollback');
    };
    notSaid(
      { command: 'deploy k8s', says: 'everything is up after … s; … objects were new or changed', timeout },
      silent,
    );
    notSaid({ command: 'deploy k8s', says: '…: done', of: 'api-gateway', timeout }, silent);
  });

  notSaid(
    { command: 'deploy k8s', says: 'the cluster accepts all … objects; nothing was changed', timeout },
    async () => {
      await shop.kubectl(['delete', 'deployment', 'product-service']);
      await shop.kubectl(['create', 'deployment', 'product-service', '--image=shop/product-service:e2e']);
      return deploy('--tag', 'e2e', '--dry-run');
    },
  );
  notSaid({ command: 'deploy delete', says: '… is gone', timeout }, async () => {
    await shop.kubectl(['create', 'configmap', 'held']);
    await shop.kubectl([
      'patch',
      'configmap',
      'held',
      '-p',
      '{"metadata":{"finalizers":["example.com/held"]}}',
    ]);
    return shop.msx('deploy', 'delete', '--yes', '--timeout', '20s');
  });
});
