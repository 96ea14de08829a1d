import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ShopClient, until } from '../e2e/shop-client.fixture.js';
import { ShopCopy, repository } from '../e2e/shop-copy.fixture.js';
import { median, timeOf, timed, type Measurement } from './measure.js';

const MESSAGE = 'there is no user';
const ROUNDS = 7;
const SERVICE = 'services/user-service';
const compiler = join(repository, 'node_modules/typescript-7/bin/tsc');

/**
 * Time from saving an edit under `--watch` until a response of the gateway contains it, against compiling the service and
 * starting it by hand after an edit.
 */
export default async function watch(): Promise<Measurement[]> {
  const shop = await ShopCopy.create();
  try {
    await shop.json('dev', 'start', '--watch');
    const client = new ShopClient(shop.graphql);
    await settled(shop);
    const edits: number[] = [];
    const byHand: number[] = [];
    for (let round = 1; round <= ROUNDS; round++) {
      await edit(shop, round);
      edits.push(await timed(() => until(() => messageOf(client), isOf(round), 60)));
      await settled(shop);
    }
    await shop.msx('dev', 'stop');
    await shop.json('dev', 'start', 'kafka');
    for (let round = ROUNDS + 1; round <= 2 * ROUNDS; round++) {
      await edit(shop, round);
      byHand.push(await timed(() => compileAndStart(shop)));
    }
    const [msx, hand] = [median(edits), median(byHand)];
    return [
      { what: 'edit of a service until it serves again, ms', value: msx },
      { what: 'edit until serving ÷ compiling and starting by hand, wall', value: msx / hand, bound: 1.4 },
    ];
  } finally {
    await shop.destroy();
  }
}

async function edit(shop: ShopCopy, round: number) {
  const file = join(shop.root, SERVICE, 'src/user/user.service.ts');
  const source = await readFile(file, 'utf8');
  await writeFile(file, source.replace(new RegExp(`${MESSAGE}( \\d+)?`), `${MESSAGE} ${round}`));
}

const isOf = (round: number) => (message: string) => message.includes(`${MESSAGE} ${round}`);

async function compileAndStart(shop: ShopCopy) {
  const cwd = join(shop.root, SERVICE);
  await timeOf(process.execPath, [compiler, '-b', '.'], cwd);
  const [port, healthPort] = [shop.port + 1, shop.port + 1001];
  const environment = {
    NODE_ENV: 'development',
    PORT: String(port),
    HEALTH_PORT: String(healthPort),
    AUTH: 'optional',
    KAFKA_BROKERS: shop.kafka,
  };
  const child = spawn(process.execPath, ['dist/main.js'], {
    cwd,
    env: { ...process.env, ...environment },
    stdio: 'ignore',
  });
  try {
    await until(
      () => fetch(`http://127.0.0.1:${healthPort}/health/started`).catch(() => undefined),
      (answer) => answer?.ok === true,
      60,
    );
  } finally {
    child.kill();
    await new Promise((exited) => child.once('exit', exited));
  }
}

async function messageOf(client: ShopClient) {
  const { errors } = await client.ask('{ user(id: "nobody") { id } }');
  return errors?.[0]?.message ?? '';
}

/** Edits are made one at a time, as by a person: the next one starts when everything is ready and idle again. */
async function settled(shop: ShopCopy) {
  await until(
    () => shop.json<{ processes: { state: string }[] }>('dev', 'status'),
    ({ processes }) => processes.every(({ state }) => state === 'ready'),
  );
  await pause(4_000);
}
