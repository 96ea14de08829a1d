import { setTimeout as pause } from 'node:timers/promises';
import { withExternal } from './external-infrastructure.js';
import { cpuMilliseconds, percentile, type Measurement } from './measure.js';
import { OrderLoad, type Timing } from './order-load.js';
import { Servers, type Infrastructure } from './servers.js';

const PER_SECOND = 20;
const SECONDS = Number(process.env.BENCH_SECONDS ?? 20);
/** Code gets compiled while it runs: services that have handled few orders are not representative. */
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 1_500);
const SATURATION_SECONDS = 10;

/**
 * The way of an order: answered by the gateway, decided by the stock, and seen CONFIRMED by a subscriber. The milliseconds are
 * those of a machine that does nothing else; CPU per order is the more stable figure.
 */
export default async function* orders(): AsyncGenerator<Measurement> {
  yield* flow('SQLite + embedded broker', {});
  yield* withExternal((external) => flow('PostgreSQL + Kafka', external));
}

async function* flow(name: string, infrastructure: Infrastructure): AsyncGenerator<Measurement> {
  const servers = await Servers.start([], infrastructure);
  try {
    const load = await OrderLoad.start(servers);
    await load.warmUp(WARM_UP);
    await pause(1_000);
    yield* steady(name, servers, load);
    yield* saturated(name, servers, load);
    await load.stop();
  } finally {
    await servers.stop();
  }
}

async function* steady(name: string, servers: Servers, load: OrderLoad): AsyncGenerator<Measurement> {
  const before = cpuOf(servers);
  const timings = await load.atRate(PER_SECOND, SECONDS);
  yield* latencies(name, timings);
  yield* perOrder(`${name}, ${PER_SECOND}/s`, timings.length, difference(before, cpuOf(servers)));
}

async function* saturated(name: string, servers: Servers, load: OrderLoad): AsyncGenerator<Measurement> {
  const before = cpuOf(servers);
  const start = performance.now();
  const { length } = await load.saturate(SATURATION_SECONDS);
  const seconds = (performance.now() - start) / 1000;
  yield { what: `${name}, saturated: orders answered per second`, value: length / SATURATION_SECONDS };
  yield { what: `${name}, saturated: orders confirmed per second`, value: length / seconds };
  yield* perOrder(`${name}, saturated`, length, difference(before, cpuOf(servers)));
}

function latencies(name: string, timings: readonly Timing[]): Measurement[] {
  const answered = timings.map((one) => one.answered);
  const confirmed = timings.map((one) => one.confirmed);
  return [
    { what: `${name}: createOrder answered, p50 ms`, value: percentile(answered, 50), bound: 12 },
    { what: `${name}: createOrder answered, p99 ms`, value: percentile(answered, 99) },
    { what: `${name}: CONFIRMED seen, p50 ms`, value: percentile(confirmed, 50), bound: 25 },
    { what: `${name}: CONFIRMED seen, p99 ms`, value: percentile(confirmed, 99), bound: 80 },
  ];
}

type Cpu = Map<string, number>;

const cpuOf = ({ processes }: Servers): Cpu =>
  new Map([...processes].map(([name, { pid }]) => [name, cpuMilliseconds(pid)]));

const difference = (before: Cpu, after: Cpu): Cpu =>
  new Map([...after].map(([name, value]) => [name, value - before.get(name)!]));

function perOrder(name: string, count: number, cpu: Cpu): Measurement[] {
  const all = [...cpu.values()].reduce((sum, value) => sum + value, 0);
  return [...cpu, ['all', all] as const].map(([process, value]) => ({
    what: `${name}: CPU ms per order, ${process}`,
    value: value / count,
  }));
}
