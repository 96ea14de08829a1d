import { afterAll, beforeAll, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished, ShopCopy } from '../shop-copy.fixture.js';
import { ShopClient, until } from '../shop-client.fixture.js';
import { describeInDocker } from './describe-in-docker.fixture.js';
import { docker } from './docker.fixture.js';
import { orderOnce } from './order-once.fixture.js';

jest.setTimeout(300_000);

interface Report {
  engine: { pid: number };
  processes: { name: string; state: string; container?: string }[];
  started: string[];
  alreadyRunning: string[];
}

let shop: ShopCopy;
let container: string;

const start = ['dev', 'start', '--broker', 'kafka', '--timeout', '180'];
const containerNames = async () => (await docker.listContainers({ all: true })).flatMap(({ Names }) => Names);

describeInDocker('msx dev start --broker kafka', () => {
  beforeAll(async () => (shop = await ShopCopy.create()) && undefined);
  afterAll(async () => {
    await shop?.destroy();
    if (container) await docker.api.buffer(`/volumes/${container}`, { method: 'DELETE' });
  });

  it('runs Kafka in a container beside services on this machine', async () => {
    const { processes } = await shop.json<Report>(...start);
    container = processes.find(({ name }) => name === 'kafka')!.container!;
    expect(await containerNames()).toContain(`/${container}`);
    await orderOnce(new ShopClient(shop.graphql), 'john@example.com');
  });

  it('joins the processes that are already running', async () => {
    expect(await shop.json(...start)).toMatchObject({
      started: [],
      alreadyRunning: expect.arrayContaining(['kafka']),
    });
  });

  it('reports its state, port and logs like those of any other process', async () => {
    const { processes } = await shop.json<Report>('dev', 'status');
    expect(processes).toContainEqual(expect.objectContaining({ name: 'kafka', state: 'ready', container }));
    expect(await shop.json('ports')).toMatchObject({
      ports: expect.arrayContaining([expect.objectContaining({ wantedBy: 'kafka', heldBy: 'run' })]),
    });
    expect(readFileSync(join(shop.root, 'logs/kafka.log'), 'utf8')).not.toBe('');
  });

  it('starts Kafka again when its container is removed', async () => {
    const { Id } = await docker.getContainer(container).inspect();
    await docker.getContainer(container).remove({ force: true });
    await until(
      () => docker.getContainer(container).inspect(),
      (now) => now.Id !== Id && now.State.Running,
      60,
    );
    await orderOnce(new ShopClient(shop.graphql), 'jane@example.com');
  });

  it('leaves no container behind, even if the engine was killed', async () => {
    process.kill((await shop.json<Report>('dev', 'status')).engine.pid, 'SIGKILL');
    expect(await containerNames()).toContain(`/${container}`);
    expect(await shop.msx('dev', 'stop')).toMatchObject({ code: 0 });
    expect(await containerNames()).not.toContain(`/${container}`);
  });

  it('removes the container again on Ctrl-C', async () => {
    const child = shop.start(...start);
    const end = finished(child);
    await until(containerNames, (names) => names.includes(`/${container}`), 60);
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 130 });
    await until(containerNames, (names) => !names.includes(`/${container}`), 30);
  });
});
