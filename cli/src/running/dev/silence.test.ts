import { afterEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { ToySystem, until } from './toy-system.fixture.js';

let toys: ToySystem;
let paused: number[] = [];

/** `restartAfter` as in msx.yaml. */
async function start(restartAfter: string): Promise<void> {
  toys = await ToySystem.create({ alpha: 'well', beta: 'well' });
  writeFileSync(join(toys.root, 'msx.yaml'), JSON.stringify({ ...toys.model, dev: { restartAfter } }));
  await toys.report('dev', 'start');
}

function stop(...pids: number[]): void {
  paused = pids;
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
}

function resume(): void {
  for (const pid of paused.splice(0))
    try {
      process.kill(pid, 'SIGCONT');
    } catch {
      // It has exited.
    }
}

const alpha = () => toys.view('alpha');
const pidOf = async (name: string) => (await toys.view(name)).pid!;

afterEach(async () => {
  resume();
  await toys.destroy();
});

describe('a service that is paused', () => {
  it('is reported as silent since a fixed time, without ticks for its earlier checks', async () => {
    await start('off');
    const pid = await pidOf('alpha');
    expect(await toys.says('dev', 'why', 'alpha')).toContain('✓ spring');
    stop(pid);
    await until(async () => (await alpha()).silentSince !== undefined);
    const explanation = await toys.says('dev', 'why', 'alpha');
    expect(explanation).toMatch(
      /^alpha is not ready: it has not answered since (\d\d:\d\d:\d\d)\n {2}\? spring \(at \1\)\n$/,
    );
    await pause(2_500);
    expect(await toys.says('dev', 'why', 'alpha')).toBe(explanation);
    const { processes } = await toys.report('dev', 'status');
    expect(processes[0]).toMatchObject({ state: 'started', pid, because: [explanation.split('\n')[0]] });
    expect(processes[0]!.silentForMs).toBeGreaterThan(2_000);
    resume();
    await until(async () => (await alpha()).phase === 'ready');
    expect(await toys.says('dev', 'why', 'alpha')).toContain('✓ spring');
    expect(await pidOf('alpha')).toBe(pid);
  }, 60_000);

  it('is restarted after the time in msx.yaml, and the others are not', async () => {
    await start('4s');
    const pids = [await pidOf('alpha'), await pidOf('beta')];
    stop(pids[0]!);
    await until(alpha, ({ pid, phase }) => phase === 'ready' && pid !== pids[0]);
    expect((await alpha()).restarts).toBe(1);
    expect(await pidOf('beta')).toBe(pids[1]);
  }, 60_000);

  it('is not restarted when it runs with an inspector', async () => {
    await start('2s');
    await toys.report('dev', 'start', 'alpha', '--inspect');
    const pids = [await pidOf('alpha'), await pidOf('beta')];
    stop(...pids);
    await until(
      () => pidOf('beta'),
      (pid) => pid !== undefined && pid !== pids[1],
    );
    expect(await pidOf('alpha')).toBe(pids[0]);
    expect((await alpha()).silentMs).toBeGreaterThan(2_000);
  }, 60_000);

  it('is not restarted when the whole machine was suspended, including the engine', async () => {
    await start('4s');
    const pids = toys.pids;
    stop(...pids);
    await pause(9_000);
    resume();
    await pause(6_000);
    expect(toys.pids).toEqual(pids);
    expect((await alpha()).restarts).toBe(0);
  }, 60_000);
});
