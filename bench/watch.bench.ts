import { spawn } from 'node:child_process';
import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ShopClient, until } from '../e2e/shop-client.fixture.js';
import { ShopCopy, repository } from '../e2e/shop-copy.fixture.js';
import { median, percentile, timeOf, timed, type Measurement } from './measure.js';

const EDITS = Number(process.env.BENCH_EDITS ?? 20);
const CONTRACT_EDITS = 5;
const BY_HAND = 5;
const compiler = join(repository, 'node_modules/typescript-7/bin/tsc');

/** A place in the sources that can be seen from outside. Each edit puts another number behind it. */
interface Place {
  file: string;
  text: string;
}

const SERVICE: Place = { file: 'services/user-service/src/user/user.service.ts', text: 'there is no user' };
const GATEWAY: Place = { file: 'services/api-gateway/src/models/user.model.ts', text: 'A user account.' };
const CONTRACT: Place = { file: 'proto/user.proto', text: '// Returns one user.' };

/**
 * Time from saving an edit under `--watch` until a response of the gateway contains it, in a service, in the gateway and in a
 * contract, and against compiling the service and starting it by hand after an edit. Edits are made one at a time, as by a
 * person.
 */
export default async function* watch(): AsyncGenerator<Measurement> {
  const shop = await ShopCopy.create();
  try {
    const client = new ShopClient(shop.graphql);
    await shop.json('dev', 'start', '--watch');
    await settled(shop);
    const service = await edits(shop, SERVICE, () => messageOf(client));
    yield* report('a service', service, { p50: 1_000, p95: 1_500 });
    yield* report('the gateway', await edits(shop, GATEWAY, () => descriptionOf(client)), {
      p50: 1_000,
      p95: 1_500,
    });
    yield* report('a contract', await contractEdits(shop), { p50: 3_000 });
    await shop.msx('dev', 'stop');
    const byHand = await compiledAndStarted(shop);
    yield { what: 'compiling and starting the service by hand, ms', value: byHand };
    yield {
      what: 'edit until serving ÷ compiling and starting by hand, wall',
      value: median(service) / byHand,
      bound: 1.4,
    };
  } finally {
    await shop.destroy();
  }
}

function* report(
  what: string,
  times: readonly number[],
  targets: { p50: number; p95?: number },
): Generator<Measurement> {
  const name = `edit of ${what} until it serves again`;
  yield { what: `${name}, p50 ms`, value: percentile(times, 50), target: targets.p50 };
  if (targets.p95) yield { what: `${name}, p95 ms`, value: percentile(times, 95), target: targets.p95 };
}

async function edits(shop: ShopCopy, place: Place, seen: () => Promise<string>): Promise<number[]> {
  const times: number[] = [];
  for (let round = 1; round <= EDITS; round++) {
    await save(shop, place, round);
    times.push(await timed(() => until(seen, (text) => text.includes(`${place.text} ${round}`), 60)));
    await settled(shop);
  }
  return times;
}

/** Until all processes that depend on the contract are new and ready. */
async function contractEdits(shop: ShopCopy): Promise<number[]> {
  const times: number[] = [];
  for (let round = 1; round <= CONTRACT_EDITS; round++) {
    const before = new Set((await statusOf(shop)).map(({ pid }) => pid));
    await save(shop, CONTRACT, round);
    const isNew = ({ name, pid, state }: Process) =>
      !['user-service', 'api-gateway'].includes(name) || (state === 'ready' && !before.has(pid));
    times.push(
      await timed(() =>
        until(
          () => statusOf(shop),
          (processes) => processes.every(isNew),
          60,
        ),
      ),
    );
    await settled(shop);
  }
  return times;
}

async function save(shop: ShopCopy, { file, text }: Place, round: number): Promise<void> {
  const path = join(shop.root, file);
  const source = await readFile(path, 'utf8');
  await writeFile(path, source.replace(new RegExp(`${text}( \\d+)?`), `${text} ${round}`));
}

/** The median of some rounds. */
async function compiledAndStarted(shop: ShopCopy): Promise<number> {
  await shop.json('dev', 'start', 'kafka');
  const times: number[] = [];
  for (let round = EDITS + 1; round <= EDITS + BY_HAND; round++) {
    await save(shop, SERVICE, round);
    times.push(await timed(() => compileAndStart(shop)));
  }
  return median(times);
}

async function compileAndStart(shop: ShopCopy): Promise<void> {
  const cwd = join(shop.root, 'services/user-service');
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

async function messageOf(client: ShopClient): Promise<string> {
  const { errors } = await client.ask('{ user(id: "nobody") { id } }');
  return errors?.[0]?.message ?? '';
}

async function descriptionOf(client: ShopClient): Promise<string> {
  const { data } = await client.ask('{ __type(name: "User") { description } }');
  return (data as { __type?: { description?: string } } | undefined)?.__type?.description ?? '';
}

interface Process {
  name: string;
  pid: number;
  state: string;
}

const statusOf = async (shop: ShopCopy): Promise<Process[]> =>
  (await shop.json<{ processes: Process[] }>('dev', 'status')).processes;

/** Everything is ready and idle again. */
async function settled(shop: ShopCopy): Promise<void> {
  await until(
    () => statusOf(shop),
    (processes) => processes.every(({ state }) => state === 'ready'),
  );
  await pause(2_000);
}
