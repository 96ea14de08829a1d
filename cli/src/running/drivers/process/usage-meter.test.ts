import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { groupTimes, timesOf } from './group-times.js';
import { UsageMeter } from './usage-meter.js';
import type { ChildProcess } from 'node:child_process';
import type { GroupTimes } from './group-times.js';

const PIDS = new Map([['orders', 7]]);

/** A meter that reads these times, one after the other. */
const reading = (...times: GroupTimes[]) =>
  new UsageMeter(async () => new Map(times.length > 0 ? [[7, times.shift()!]] : []));
const group = (cpuMs: number): GroupTimes => ({ cpuMs, memory: 1_000, beganAt: 10_000 });

describe('the usage of a process group', () => {
  it('covers the time since its start, until there is a sample', async () => {
    const meter = reading(group(500));
    expect((await meter.usage(PIDS, 12_000)).get('orders')).toEqual({ cpu: 0.25, memory: 1_000 });
  });

  it('covers the time since the last sample, or since the one before if the last is very recent', async () => {
    const meter = reading(group(1_000), group(2_000), group(5_000), group(5_100));
    await meter.sample(PIDS, 20_000);
    await meter.sample(PIDS, 25_000);
    expect((await meter.usage(PIDS, 27_000)).get('orders')!.cpu).toBe(1.5);
    expect((await meter.usage(PIDS, 25_500)).get('orders')!.cpu).toBeCloseTo(4_100 / 5_500);
  });

  it('is absent for a group that has exited', async () => {
    expect((await reading().usage(PIDS, 12_000)).size).toBe(0);
  });

  it('is the sum of its members in the output of ps', () => {
    const ps = '    7  12.5  2048\n    7   0.5  1024\n    9  50.0  4096\n';
    expect(timesOf(ps, new Set([7]))).toEqual(
      new Map([[7, { cpuMs: 0, beganAt: 0, memory: 3_072 * 1_024, share: 0.13 }]]),
    );
  });
});

describe('measuring a group', () => {
  const children: ChildProcess[] = [];
  afterEach(() => children.splice(0).forEach(({ pid }) => process.kill(-pid!, 'SIGKILL')));

  it('includes its leader and child processes', async () => {
    const busy =
      'const end = Date.now() + 300; while (Date.now() < end); console.log("done"); setInterval(() => {}, 1000)';
    const code = `
      const { spawn } = require('node:child_process');
      spawn(process.execPath, ['-e', ${JSON.stringify(busy)}], { stdio: ['ignore', 'inherit', 'ignore'] });
      setInterval(() => {}, 1000);`;
    const leader = spawn(process.execPath, ['-e', code], {
      detached: true,
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    children.push(leader);
    await new Promise((resolve) => leader.stdout.once('data', resolve));
    const times = (await groupTimes(new Set([leader.pid!]))).get(leader.pid!)!;
    expect(times.share ?? times.cpuMs).toBeGreaterThan(0);
    // Two Node processes take more than one could, and less than a quarter of a gigabyte.
    expect(times.memory).toBeGreaterThan(60e6);
    expect(times.memory).toBeLessThan(250e6);
    expect(Math.abs(Date.now() - times.beganAt)).toBeLessThan(30_000);
  });
});
