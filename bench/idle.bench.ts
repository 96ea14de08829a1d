import { setTimeout as pause } from 'node:timers/promises';
import { ShopCopy } from '../e2e/shop-copy.fixture.js';
import { cpuMilliseconds, wakeUps, type Measurement } from './measure.js';

const SETTLE_MS = 15_000;
const SECONDS = 20;

interface Snapshot {
  engine: { pid: number };
  processes: { name: string; pid: number }[];
}

/** What the shop costs while nobody uses it: its services, the broker and the engine that supervises them. */
export default async function idle(): Promise<Measurement[]> {
  const shop = await ShopCopy.create();
  try {
    await shop.json('dev', 'start');
    const { engine, processes } = await shop.json<Snapshot>('dev', 'status');
    const all = [{ name: 'engine', pid: engine.pid }, ...processes];
    await pause(SETTLE_MS);
    const before = all.map(({ pid }) => ({ cpu: cpuMilliseconds(pid), wakes: wakeUps(pid) }));
    await pause(SECONDS * 1000);
    const rows = all.map(({ name, pid }, n) => ({
      name,
      cpu: (cpuMilliseconds(pid) - before[n]!.cpu) / (SECONDS * 10),
      wakes: (wakeUps(pid) - before[n]!.wakes) / SECONDS,
    }));
    const sum = (key: 'cpu' | 'wakes') => rows.reduce((total, row) => total + row[key], 0);
    return [
      ...rows.map(({ name, cpu }) => ({ what: `${name}: CPU, % of a core`, value: cpu })),
      ...rows.map(({ name, wakes }) => ({ what: `${name}: wake-ups per second`, value: wakes })),
      { what: 'all processes, idle: CPU, % of a core', value: sum('cpu'), bound: 3.5, target: 1.5 },
      { what: 'all processes, idle: wake-ups per second', value: sum('wakes'), bound: 48, target: 30 },
    ];
  } finally {
    await shop.destroy();
  }
}
