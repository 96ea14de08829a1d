import { setTimeout as pause } from 'node:timers/promises';
import { buildImages, docker, DockerShop, TAG } from '../e2e/docker/docker.fixture.js';
import { compare, timed, type Measurement } from './measure.js';

const BASE = 'node:22-bookworm-slim';
const ROUNDS = 3;

/** `msx docker up` against docker compose and polling the health of all containers; and the size of the images. */
export default async function dockerUp(): Promise<Measurement[]> {
  const answers = await docker.ping().then(
    () => true,
    () => false,
  );
  if (!answers) {
    console.log('  SKIPPED: there is no Docker Engine');
    return [];
  }
  const images = await buildImages({}, '--tag', TAG);
  const { Size: base } = await docker.inspectImage(BASE);
  const shop = await DockerShop.create('kraft');
  try {
    await withMsx(shop);
    const wall = await compare({ msx: () => withMsx(shop), byHand: () => byHand(shop) }, ROUNDS);
    return [
      { what: 'docker compose up, polled until healthy, ms', value: wall.byHand },
      { what: 'msx docker up, ms', value: wall.msx },
      { what: 'msx docker up ÷ docker compose up, wall', value: wall.msx / wall.byHand, bound: 1.1 },
      ...images.map(({ service, size }) => ({
        what: `image of ${service} above its base, MB`,
        value: (size - base) / 1e6,
        bound: 60,
      })),
    ];
  } finally {
    await shop.destroy();
  }
}

async function withMsx(shop: DockerShop): Promise<number> {
  const ms = await timed(() => shop.json('docker', 'up'));
  await shop.json('docker', 'down');
  return ms;
}

async function byHand(shop: DockerShop): Promise<number> {
  const ms = await timed(async () => {
    await shop.compose('docker compose', 'up', '--detach');
    while (!(await allHealthy(shop))) await pause(200);
  });
  await shop.json('docker', 'down');
  return ms;
}

/** Only running containers count: one-off containers have exited by then. */
async function allHealthy(shop: DockerShop): Promise<boolean> {
  const listed = await docker.listContainers({
    all: false,
    filters: { label: [`com.docker.compose.project=${shop.project}`] },
  });
  return listed.every(({ Status }) => Status.includes('(healthy)'));
}
