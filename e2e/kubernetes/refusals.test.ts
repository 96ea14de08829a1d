import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { mkdtemp, readFile, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describeAtLength, MINUTE, printed, root, run, ShopInCluster } from './cluster.fixture.js';
import type { Failure } from './cluster.fixture.js';

const small = ['--set', 'kubernetes.replicas=1', '--set', 'broker.kafka=kraft'];

/** @returns the error of a command that fails in another environment */
async function failure(
  env: NodeJS.ProcessEnv,
  ...args: string[]
): Promise<Failure & { exitCode: number | null }> {
  const { stdout, exitCode } = await run(
    process.execPath,
    [join(root, 'cli/bin/run.js'), ...args, '--json'],
    { env },
  );
  return { ...(JSON.parse(stdout) as { error: Failure }).error, exitCode };
}

describeAtLength('msx deploy, when it cannot work', () => {
  let folder: string;
  beforeAll(async () => void (folder = await mkdtemp(join(tmpdir(), 'refusals-'))));
  afterAll(() => rm(folder, { recursive: true }));

  const COMMANDS = [
    ['k8s'],
    ['status'],
    ['logs'],
    ['diff'],
    ['rollback'],
    ['port-forward'],
    ['delete', '--yes'],
  ];

  it.each(COMMANDS)('%s reports that there is no kubectl', async (...args) => {
    await symlink(process.execPath, join(folder, 'node')).catch(() => undefined);
    expect(await failure({ PATH: folder }, 'deploy', ...args)).toMatchObject({
      code: 'NO_KUBECTL',
      exitCode: 1,
    });
  });

  it.each(COMMANDS)('%s reports that there is no such context', async (...args) => {
    const KUBECONFIG = join(folder, 'nothing');
    expect(await failure({ KUBECONFIG }, 'deploy', ...args)).toMatchObject({ code: 'NO_CONTEXT' });
    const elsewhere = await failure({}, 'deploy', ...args, '--context', 'elsewhere');
    expect(elsewhere).toMatchObject({ code: 'NO_CONTEXT', message: expect.stringContaining('"elsewhere"') });
  });

  it.each(COMMANDS)('%s reports that the cluster does not answer', async (...args) => {
    const config = await readFile(process.env['KUBECONFIG']!, 'utf8');
    const KUBECONFIG = join(folder, 'unreachable');
    await writeFile(KUBECONFIG, config.replace(/https:\/\/[^"]+/, 'https://127.0.0.1:1'));
    expect(await failure({ KUBECONFIG }, 'deploy', ...args)).toMatchObject({ code: 'CLUSTER_UNREACHABLE' });
  });

  it('changes nothing without permission, and names what is denied', async () => {
    const shop = new ShopInCluster('shop-forbidden');
    await printed('kubectl', ['create', 'namespace', shop.namespace]);
    await shop.kubectl(['create', 'serviceaccount', 'viewer']);
    const binding = ['--clusterrole=view', `--serviceaccount=${shop.namespace}:viewer`];
    await shop.kubectl(['create', 'rolebinding', 'viewer', ...binding]);
    const token = (await shop.kubectl(['create', 'token', 'viewer'])).trim();
    const config = await printed('kubectl', ['config', 'view', '--raw', '--flatten', '-o', 'json']);
    const KUBECONFIG = join(folder, 'viewer');
    await writeFile(
      KUBECONFIG,
      JSON.stringify({ ...JSON.parse(config), users: [{ name: 'admin', user: { token } }] }),
    );
    const refused = await failure({ KUBECONFIG }, 'deploy', 'k8s', '-n', shop.namespace);
    expect(refused).toMatchObject({ code: 'CLUSTER_FORBIDDEN' });
    expect(refused.message).toMatch(/create deployments.*create secrets/);
    expect((await shop.kubectl(['get', 'all', '-o', 'name'])).trim()).toBe('');
    await printed('kubectl', ['delete', 'namespace', shop.namespace]);
  });

  it(
    'fails at once when the namespace is being deleted',
    async () => {
      const shop = new ShopInCluster('shop-going');
      const finalizers = ['example.com/not-yet'];
      const last = { apiVersion: 'v1', kind: 'ConfigMap', metadata: { name: 'last', finalizers } };
      await printed('kubectl', ['create', 'namespace', shop.namespace]);
      await shop.kubectl(['apply', '-f', '-'], JSON.stringify(last));
      await printed('kubectl', ['delete', 'namespace', shop.namespace, '--wait=false']);
      expect(await shop.deployFailure('e2e')).toMatchObject({ code: 'NAMESPACE_TERMINATING' });
      await shop.kubectl(['patch', 'configmap', 'last', '-p', '{"metadata":{"finalizers":null}}']);
      await printed('kubectl', ['wait', '--for=delete', `namespace/${shop.namespace}`, '--timeout=120s']);
    },
    3 * MINUTE,
  );

  it(
    'names the quota that is exceeded, and succeeds once it is raised',
    async () => {
      const shop = new ShopInCluster('shop-quota', small);
      await printed('kubectl', ['create', 'namespace', shop.namespace]);
      await shop.kubectl(['create', 'quota', 'small', '--hard=pods=3']);
      const { code, message } = await shop.deployFailure('e2e', '--load');
      expect(code).toBe('ROLLOUT_FAILED');
      expect(message).toMatch(/exceeded quota: small/);
      await shop.kubectl(['patch', 'quota', 'small', '-p', '{"spec":{"hard":{"pods":"30"}}}']);
      await shop.deploy('e2e');
      await shop.json('deploy', 'delete', '--yes');
    },
    10 * MINUTE,
  );
});
