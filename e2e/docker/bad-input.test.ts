import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { rm, writeFile } from 'node:fs/promises';
import { createConnection, createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { finished } from '../shop-copy.fixture.js';
import { until } from '../shop-client.fixture.js';
import { docker, DockerShop, wanted } from './docker.fixture.js';
import type { Server, Socket } from 'node:net';

jest.setTimeout(300_000);

let shop: DockerShop;

/** Services of compose that are not well, beside those of the shop. */
async function layOver(services: Record<string, object>): Promise<void> {
  await writeFile(join(shop.copy.root, 'docker-compose.override.yml'), JSON.stringify({ services }));
}

const sleeper = { image: 'node:22-bookworm-slim', command: ['sleep', '600'], stop_signal: 'SIGKILL' };
const unhealthy = { test: ['CMD', 'bash', '-c', 'echo no pulse; exit 1'], interval: '1s', retries: 2 };

(wanted ? describe : describe.skip)('what goes wrong in Docker', () => {
  beforeAll(async () => (shop = await DockerShop.create('kraft')) && undefined);
  afterAll(() => shop?.destroy());

  it('is told in the words of the container that is not healthy, or ends', async () => {
    await layOver({
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
    await layOver({ sick: sleeper });
    await shop.json('docker', 'up', 'sick');
  });

  it('is told with what it still waits for when the time is up', async () => {
    const slow = { ...sleeper, healthcheck: { ...unhealthy, retries: 100 } };
    await layOver({ slow });
    expect(await shop.failure('docker', 'up', 'slow', '--timeout', '3')).toMatchObject({
      code: 'CONTAINERS_TIMEOUT',
      message: expect.stringContaining('slow is up, not yet healthy'),
    });
    await layOver({ slow: sleeper });
    await shop.json('docker', 'up', 'slow');
  });

  it('is told with the image that cannot be had', async () => {
    await layOver({ pale: { image: 'shop/no-such-image:1' } });
    expect(await shop.failure('docker', 'up', 'pale')).toMatchObject({
      code: 'IMAGE_UNAVAILABLE',
      message: expect.stringContaining('shop/no-such-image'),
    });
  });

  it('stops what it has started on Ctrl-C, and nothing else', async () => {
    await layOver({ calm: sleeper, late: { ...sleeper, healthcheck: { ...unhealthy, retries: 100 } } });
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

  it('is told of an engine that stops half-way, and the next run goes on', async () => {
    await layOver({ orphan: { ...sleeper, healthcheck: { ...unhealthy, retries: 100 } } });
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
    await layOver({ orphan: sleeper });
    await shop.json('docker', 'up', 'orphan');
  });

  it('is told with who has a port that is needed', async () => {
    await rm(join(shop.copy.root, 'docker-compose.override.yml'));
    const stranger = createServer().listen(shop.copy.port, '127.0.0.1');
    await new Promise((resolve) => stranger.once('listening', resolve));
    expect(await shop.failure('docker', 'up')).toMatchObject({
      code: 'CONTAINER_PORT_TAKEN',
      message: expect.stringContaining(`port ${shop.copy.port} of api-gateway is taken by`),
    });
    stranger.close();
  });

  it('is told with the step at which a build fails', async () => {
    expect(await shop.failure('docker', 'build', 'user-service')).toMatchObject({
      code: 'IMAGE_BUILD_FAILED',
      message: expect.stringContaining('package-lock.json'),
    });
  });
});

/** The real engine behind a socket that can go away, as it does when somebody stops it. */
async function mortalEngine(): Promise<{ host: string; die: () => void }> {
  const path = join(tmpdir(), `mortal-${process.pid}.sock`);
  const real = (docker.modem as unknown as { socketPath: string }).socketPath;
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
