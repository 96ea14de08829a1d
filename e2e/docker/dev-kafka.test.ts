import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { finished, ShopCopy } from '../shop-copy.fixture.js';
import { ShopClient, until } from '../shop-client.fixture.js';
import { docker, wanted } from './docker.fixture.js';
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
const there = async () => (await docker.listContainers({ all: true })).flatMap(({ Names }) => Names);

(wanted ? describe : describe.skip)('msx dev start --broker kafka', () => {
  beforeAll(async () => (shop = await ShopCopy.create()) && undefined);
  afterAll(async () => {
    await shop?.destroy();
    if (container) await docker.getVolume(container).remove();
  });

  it('runs Kafka in a container beside services on this machine', async () => {
    const { processes } = await shop.json<Report>(...start);
    container = processes.find(({ name }) => name === 'kafka')!.container!;
    expect(await there()).toContain(`/${container}`);
    await orderOnce(new ShopClient(shop.graphql), 'john@example.com');
  });

  it('goes on with what runs already', async () => {
    expect(await shop.json(...start)).toMatchObject({
      started: [],
      alreadyRunning: expect.arrayContaining(['kafka']),
    });
  });

  it('has its state, its port and its logs where those of all others are', async () => {
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

  it('leaves no container behind, even when its engine was killed', async () => {
    process.kill((await shop.json<Report>('dev', 'status')).engine.pid, 'SIGKILL');
    expect(await there()).toContain(`/${container}`);
    expect(await shop.msx('dev', 'stop')).toMatchObject({ code: 0 });
    expect(await there()).not.toContain(`/${container}`);
  });

  it('undoes itself on Ctrl-C', async () => {
    const child = shop.start(...start);
    const end = finished(child);
    await until(there, (names) => names.includes(`/${container}`), 60);
    child.kill('SIGINT');
    expect(await end).toMatchObject({ code: 130 });
    await until(there, (names) => !names.includes(`/${container}`), 30);
  });
});
