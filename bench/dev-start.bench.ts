import { spawn, type ChildProcess } from 'node:child_process';
import { join, resolve } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ShopCopy } from '../e2e/shop-copy.fixture.js';
import { compare, residentMegabytes, timed, type Measurement } from './measure.js';

const broker = resolve(import.meta.dirname, '../cli/dist/broker.js');
const services = ['api-gateway', 'user-service', 'product-service', 'order-service'];

interface Snapshot {
  engine: { pid: number };
  processes: { pid: number }[];
}

/** `msx dev start` against starting the same five processes by hand at once and polling their health. */
export default async function devStart(): Promise<Measurement[]> {
  const shop = await ShopCopy.create();
  try {
    await shop.json('dev', 'start');
    await shop.msx('dev', 'stop');
    const wall = await compare({ msx: () => withMsx(shop), byHand: () => byHand(shop) }, 7);
    await shop.json('dev', 'start');
    const idle = await idleMegabytes(shop);
    return [
      { what: 'five processes by hand, polled until started, ms', value: wall.byHand },
      { what: 'msx dev start, ms', value: wall.msx },
      { what: 'msx dev start ÷ by hand, wall', value: wall.msx / wall.byHand, bound: 0.6 },
      { what: 'all processes of the running system, resident MB', value: idle, bound: 640 },
    ];
  } finally {
    await shop.destroy();
  }
}

async function withMsx(shop: ShopCopy) {
  const ms = await timed(() => shop.json('dev', 'start'));
  await shop.msx('dev', 'stop');
  return ms;
}

async function byHand(shop: ShopCopy) {
  const children: ChildProcess[] = [];
  try {
    return await timed(async () => {
      const kafka = [
        '--host',
        '127.0.0.1',
        '--port',
        String(shop.port + 4),
        '--data',
        join(shop.root, '.msx/kafka'),
      ];
      children.push(spawn(process.execPath, [broker, ...kafka], { stdio: 'ignore' }));
      services.forEach((service, n) => children.push(startService(shop, service, shop.port + n)));
      await Promise.all(services.map((_, n) => started(shop.port + n + 1000)));
    });
  } finally {
    // The broker last, as msx does: a consumer that cannot leave its group keeps the next one waiting.
    const [first, ...others] = children;
    await end(others);
    await end([first!]);
  }
}

function end(children: ChildProcess[]) {
  const exits = children.map((child) => new Promise((exited) => child.once('exit', exited)));
  for (const child of children) child.kill();
  return Promise.all(exits);
}

function startService(shop: ShopCopy, service: string, port: number) {
  const environment = {
    ...process.env,
    NODE_ENV: 'development',
    PORT: String(port),
    HEALTH_PORT: String(port + 1000),
    AUTH: 'optional',
    KAFKA_BROKERS: shop.kafka,
    USER_SERVICE_URL: shop.grpc('user-service'),
    PRODUCT_SERVICE_URL: shop.grpc('product-service'),
    ORDER_SERVICE_URL: shop.grpc('order-service'),
  };
  const cwd = join(shop.root, 'services', service);
  return spawn(process.execPath, ['dist/main.js'], { cwd, env: environment, stdio: 'ignore' });
}

async function started(port: number) {
  for (;;) {
    const answer = await fetch(`http://127.0.0.1:${port}/health/started`).catch(() => undefined);
    if (answer?.ok) return;
    await pause(25);
  }
}

async function idleMegabytes(shop: ShopCopy) {
  await pause(5_000);
  const { engine, processes } = await shop.json<Snapshot>('dev', 'status');
  return [engine, ...processes].reduce((sum, { pid }) => sum + residentMegabytes(pid), 0);
}
