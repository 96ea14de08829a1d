import { setTimeout as pause } from 'node:timers/promises';
import { withExternal } from './external-infrastructure.js';
import { cpuMilliseconds, percentile, type Measurement } from './measure.js';
import { OrderLoad, type Timing } from './order-load.js';
import { Servers, type Infrastructure } from './servers.js';

const RATE = { perSecond: 20, seconds: Number(process.env.BENCH_SECONDS ?? 20) };
/** Code gets compiled while it runs: services that have handled few orders are not representative. */
const WARM_UP = Number(process.env.BENCH_WARM_UP ?? 1_500);
const SATURATION_SECONDS = 10;

/** The way of an order: answered by the gateway, decided by the stock, and seen CONFIRMED by a subscriber. */
export default async function orders(): Promise<Measurement[]> {
  const own = await flow('SQLite + embedded broker', {});
  return [...own, ...(await withExternal((external) => flow('PostgreSQL + Kafka', external)))];
}

async function flow(name: string, infrastructure: Infrastructure): Promise<Measurement[]> {
  const servers = await Servers.start([], infrastructure);
  try {
    const load = await OrderLoad.start(servers);
    await load.warmUp(WARM_UP);
    await pause(1_000);
    const before = cpuOf(servers);
    const steady = await load.atRate(RATE.perSecond, RATE.seconds);
    const report = [
      ...latencies(name, steady),
      ...perOrder(`${name}, ${RATE.perSecond}/s`, steady.length, difference(before, cpuOf(servers))),
    ];
    const busy = cpuOf(servers);
    const start = performance.now();
    const all = await load.saturate(SATURATION_SECONDS);
    const seconds = (performance.now() - start) / 1000;
    report.push({ what: `${name}, saturated: orders confirmed per second`, value: all.length / seconds });
    report.push({
      what: `${name}, saturated: orders answered per second`,
      value: all.length / SATURATION_SECONDS,
    });
    report.push(...perOrder(`${name}, saturated`, all.length, difference(busy, cpuOf(servers))));
    await load.stop();
    return report;
  } finally {
    await servers.stop();
  }
}

function latencies(name: string, timings: readonly Timing[]): Measurement[] {
  const answered = timings.map((one) => one.answered);
  const confirmed = timings.map((one) => one.confirmed);
  return [
    { what: `${name}: createOrder answered, p50 ms`, value: percentile(answered, 50), bound: 12 },
    { what: `${name}: createOrder answered, p99 ms`, value: percentile(answered, 99) },
    {
      what: `${name}: createOrder until CONFIRMED is seen, p50 ms`,
      value: percentile(confirmed, 50),
      bound: 25,
    },
    {
      what: `${name}: createOrder until CONFIRMED is seen, p99 ms`,
      value: percentile(confirmed, 99),
      bound: 80,
    },
  ];
}

type Cpu = Map<string, number>;

const cpuOf = ({ processes }: Servers): Cpu =>
  new Map([...processes].map(([name, { pid }]) => [name, cpuMilliseconds(pid)]));

const difference = (before: Cpu, after: Cpu): Cpu =>
  new Map([...after].map(([name, value]) => [name, value - before.get(name)!]));

const perOrder = (name: string, count: number, cpu: Cpu): Measurement[] =>
  [...cpu].map(([process, value]) => ({
    what: `${name}: CPU ms per order, ${process}`,
    value: value / count,
  }));
