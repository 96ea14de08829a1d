import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from '../shop-copy.fixture.js';
import { until } from '../shop-client.fixture.js';
import { describeInDocker } from './describe-in-docker.fixture.js';
import { DockerShop, host as engineHost } from './docker.fixture.js';
import type { Server, Socket } from 'node:net';

jest.setTimeout(300_000);

let shop: DockerShop;

/** Adds services to compose, besides those of the shop. */
async function override(services: Record<string, object>): Promise<void> {
  await writeFile(join(shop.copy.root, 'docker-compose.override.yml'), JSON.stringify({ services }));
}

const sleeper = { image: 'node:22-bookworm-slim', command: ['sleep', '600'], stop_signal: 'SIGKILL' };
const unhealthy = { test: ['CMD', 'bash', '-c', 'echo no pulse; exit 1'], interval: '1s', retries: 2 };

describeInDocker('a failure in Docker', () => {
  beforeAll(async () => (shop = await DockerShop.create('kraft')) && undefined);
  afterAll(() => shop?.destroy());

  it('shows the output of a container that is unhealthy or exits', async () => {
    await override({
      sick: { ...sleeper, healthcheck: unhealthy },
      clumsy: {
        ...sleeper,
        restart: 'unless-stopped',
        healthcheck: { ...unhealthy, retries: 100 },
        command: ['bash', '-c', 'echo it fell off; exit 3'],
      },
    });
    expect(await shop.failure('docker', 'up', 'sick')).toMatchObject({
      code: 'CONTAINER_UNHEALTHY',
      message: expect.stringContaining('no pulse'),
    });
    expect(await shop.failure('docker', 'up', 'clumsy')).toMatchObject({
      code: 'CONTAINER_CRASHED',
      message: expect.stringMatching(/exit code 3[^]*it fell off/),
    });
    await override({ sick: sleeper });
    await shop.json('docker', 'up', 'sick');
  });

  it('names the services that are still starting after the timeout', async () => {
    const slow = { ...sleeper, healthcheck: { ...unhealthy, retries: 100 } };
    await override({ slow });
    expect(await shop.failure('docker', 'up', 'slow', '--timeout', '3')).toMatchObject({
      code: 'CONTAINERS_TIMEOUT',
      message: expect.stringContaining('slow is up, not yet healthy'),
    });
    await override({ slow: sleeper });
    await shop.json('docker', 'up', 'slow');
  });

  it('names the image that cannot be pulled', async () => {
    await override({ pale: { image: 'shop/no-such-image:1' } });
    expect(await shop.failure('docker', 'up', 'pale')).toMatchObject({
      code: 'IMAGE_UNAVAILABLE',
      message: expect.stringContaining('shop/no-such-image'),
    });
  });

  it('after Ctrl-C stops the containers of this run, and no others', async () => {
    await override({ calm: sleeper, late: { ...sleeper, healthcheck: { ...unhealthy, retries: 100 } } });
    await shop.json('docker', 'up', 'calm');
    const child = shop.start('docker', 'up', 'late');
    const end = finished(child);
    await until(
      () => shop.containers('late'),
      ([late]) => late?.state === 'running',
      60,
    );
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 130 });
    expect(await shop.containers('late')).toMatchObject([{ state: 'exited' }]);
    expect(await shop.containers('calm')).toMatchObject([{ state: 'running' }]);
  });

  it('names the engine that stops halfway, and the next run continues', async () => {
    await override({ orphan: { ...sleeper, healthcheck: { ...unhealthy, retries: 100 } } });
    const mortal = await mortalEngine();
    const lost = finished(
      shop.copy.startWith({ TAG: 'e2e', DOCKER_HOST: mortal.host }, 'docker', 'up', 'orphan', '--json'),
    );
    await until(
      () => shop.containers('orphan'),
      ([orphan]) => orphan?.state === 'running',
      60,
    );
    mortal.die();
    const { code, stdout } = await lost;
    expect({ code, ...(JSON.parse(stdout) as object) }).toMatchObject({
      code: 1,
      error: { code: 'DOCKER_LOST', message: expect.stringContaining(mortal.host) },
    });
    await override({ orphan: sleeper });
    await shop.json('docker', 'up', 'orphan');
  });

  it('names the process that holds a required port', async () => {
    await rm(join(shop.copy.root, 'docker-compose.override.yml'));
    const foreign = createServer().listen(shop.copy.port, '127.0.0.1');
    await new Promise((resolve) => foreign.once('listening', resolve));
    expect(await shop.failure('docker', 'up')).toMatchObject({
      code: 'CONTAINER_PORT_TAKEN',
      message: expect.stringContaining(`port ${shop.copy.port} of api-gateway is already in use by`),
    });
    foreign.close();
  });

  it('names the step at which a build fails', async () => {
    expect(await shop.failure('docker', 'build', 'user-service')).toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      message: expect.stringContaining('package-lock.json'),
    });
  });
});

/** The real engine behind a socket that can be closed, as if somebody stopped the engine. */
async function mortalEngine(): Promise<{ host: string; die: () => void }> {
  const path = join(tmpdir(), `mortal-${process.pid}.sock`);
  const real = engineHost.replace('unix://', '');
  const open = new Set<Socket>();
  const server: Server = createServer((client) => {
    const engine = createConnection(real);
    for (const socket of [client, engine]) open.add(socket.on('error', () => socket.destroy()));
    client.pipe(engine).pipe(client);
  });
  await new Promise<void>((resolve) => server.listen(path, resolve));
  const die = () => {
    server.close();
    for (const socket of open) socket.destroy();
  };
  return { host: `unix://${path}`, die };
}
