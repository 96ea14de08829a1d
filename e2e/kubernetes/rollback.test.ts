import { afterAll, beforeAll, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { ShopClient, until } from '../shop-client.fixture.js';
import { describeAtLength, MINUTE, root, ShopInCluster } from './cluster.fixture.js';
import { breakGateway, tagImages } from './node.fixture.js';

describeAtLength('a deployment that fails', () => {
  const small = ['--set', 'kubernetes.replicas=1', '--set', 'broker.kafka=kraft'];
  const shop = new ShopInCluster('shop-back', small);

  beforeAll(async () => {
    await tagImages('v2');
    await shop.deploy('e2e', '--load');
  }, 12 * MINUTE);
  afterAll(() => shop.json('deploy', 'delete', '--yes'), 5 * MINUTE);

  const all = (tag: string) => {
    const entries = ['api-gateway', 'order-service', 'product-service', 'user-service'];
    return Object.fromEntries(entries.map((name) => [name, tag]));
  };
  const settled = () =>
    until(
      () => shop.states(),
      (now) => Object.values(now).every((one) => one === 'done'),
      180,
    );

  /** Runs `msx deploy …` until a line matches, and then interrupts it with Ctrl-C. */
  const interrupted = async (pattern: RegExp, ...args: string[]) => {
    const argv = ['deploy', ...args, '--namespace', shop.namespace];
    const child = spawn(join(root, 'node_modules/.bin/msx'), argv, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const lines: string[] = [];
    const exit = once(child, 'close') as Promise<[number]>;
    child.stderr.resume();
    for await (const line of createInterface(child.stdout)) {
      lines.push(line);
      if (pattern.test(line)) child.kill('SIGINT');
    }
    return { lines, exitCode: (await exit)[0] };
  };

  it('changes nothing when the cluster cannot pull an image', async () => {
    const { code, message } = await shop.deployFailure('nowhere');
    expect(code).toBe('IMAGES_NOT_IN_CLUSTER');
    expect(message).toMatch(/the image shop\/\S+:nowhere cannot be pulled/);
    expect(await shop.tags()).toEqual(all('e2e'));
    expect(await shop.kubectl(['get', 'jobs', '-o', 'name'])).not.toContain('images-');
  });

  it(
    'shows the last log lines of a container that exits',
    async () => {
      await breakGateway('crashing', ['node', '-e', 'throw new Error("no port is free")']);
      const { code, message } = await shop.deployFailure('crashing');
      expect(code).toBe('ROLLOUT_FAILED');
      expect(message).toMatch(/api-gateway \(0 of 1 ready\): it exited \(code 1\), restarts: \d/);
      expect(message).toContain('Error: no port is free');
      expect(await shop.tags()).toEqual(all('e2e'));
      await settled();
    },
    6 * MINUTE,
  );

  it(
    'names the probe that never passed',
    async () => {
      await breakGateway('silent', ['node', '-e', 'setInterval(() => {}, 1000)']);
      const { code, message } = await shop.deployFailure('silent', '--timeout', '60');
      expect(code).toBe('ROLLOUT_FAILED');
      expect(message).toMatch(/api-gateway \(0 of 1 ready\): Startup probe failed/);
      expect(await shop.tags()).toEqual(all('e2e'));
      await settled();
    },
    6 * MINUTE,
  );

  it(
    'is left in place with --no-rollback, until msx deploy rollback',
    async () => {
      await shop.deployFailure('crashing', '--no-rollback');
      expect(await shop.tags()).toEqual(all('crashing'));
      await shop.json('deploy', 'rollback');
      expect(await shop.tags()).toEqual(all('e2e'));
      await settled();
    },
    8 * MINUTE,
  );

  it(
    'is finished by the next run after Ctrl-C, and can then be rolled back',
    async () => {
      const args = ['k8s', '--tag', 'v2', ...small];
      expect(await interrupted(/^applied/, ...args)).toMatchObject({ exitCode: 130 });
      await shop.deploy('v2');
      expect(await shop.tags()).toEqual(all('v2'));
      await shop.json('deploy', 'rollback');
      expect(await shop.tags()).toEqual(all('e2e'));
    },
    8 * MINUTE,
  );

  it('can be inspected with msx deploy logs and port-forward, until Ctrl-C', async () => {
    const { stdout } = await shop.msx('deploy', 'logs', 'user-service', '--lines', '5');
    expect(stdout).toMatch(/^\[pod\/user-service-\S+\] /m);
    const followed = await interrupted(/^\[pod\/order-service-/, 'logs', 'order-service', '-f');
    expect(followed.lines.length).toBeGreaterThan(0);
    let answered: unknown;
    const argv = ['deploy', 'port-forward', '--port', '0', '--namespace', shop.namespace];
    const child = spawn(join(root, 'node_modules/.bin/msx'), argv, {
      cwd: root,
      stdio: ['ignore', 'pipe', 'inherit'],
    });
    const exit = once(child, 'close');
    for await (const line of createInterface(child.stdout)) {
      const [url] = /http:\/\/\S+/.exec(line) ?? [];
      if (!url) continue;
      answered = await new ShopClient(url).ask('{ __typename }');
      child.kill('SIGINT');
    }
    expect(answered).toMatchObject({ data: { __typename: 'Query' } });
    expect((await exit)[0]).toBe(0);
  });
});
