import { afterEach, describe, expect, it } from '@jest/globals';
import { cpSync, mkdtempSync, renameSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readRunFile } from '../engine/control/run-file.js';
import { ToySystem, areFree, isRunning, until } from './toy-system.fixture.js';
import type { Behaviour } from './toy-system.fixture.js';

let toys: ToySystem;
const create = async (behaviours: Record<string, Behaviour>) => (toys = await ToySystem.create(behaviours));
const elsewhere: string[] = [];
const paused: number[] = [];

afterEach(async () => {
  for (const pid of paused.splice(0)) if (isRunning(pid)) process.kill(pid, 'SIGCONT');
  await toys.destroy();
  for (const folder of elsewhere.splice(0)) rmSync(folder, { recursive: true, force: true });
});

const engine = () => readRunFile(toys.root)!.engine.pid;

function pauseEngine(): number {
  const pid = engine();
  paused.push(pid);
  process.kill(pid, 'SIGSTOP');
  return pid;
}

describe('a process that a service has started in its own session', () => {
  it('ends with the run that started it, on a restart as on a stop', async () => {
    await create({ alpha: 'detaching', beta: 'well' });
    await toys.report('dev', 'start');
    await toys.report('dev', 'restart', 'alpha');
    const [first, second] = await until(
      () => toys.detached('alpha'),
      (pids) => pids.length === 2,
    );
    expect([isRunning(first!), isRunning(second!)]).toEqual([false, true]);
    expect(await toys.report('dev', 'stop', 'alpha')).toEqual({ stopped: ['alpha'] });
    expect(isRunning(second!)).toBe(false);
  });

  it('is ended and named by a stop of the system, so that a second stop finds nothing', async () => {
    await create({ alpha: 'detaching' });
    await toys.report('dev', 'start');
    const [pid] = toys.detached('alpha');
    expect(await toys.report('dev', 'stop')).toEqual({ stopped: ['alpha'] });
    expect(isRunning(pid!)).toBe(false);
    expect(await toys.says('dev', 'stop')).toBe('nothing was running\n');
  });

  it('is named by a stop even if nothing else is left', async () => {
    await create({ alpha: 'detaching' });
    await toys.report('dev', 'start');
    const [pid] = toys.detached('alpha');
    const { pids } = toys;
    process.kill(pids[0]!, 'SIGKILL');
    process.kill(pids[1]!, 'SIGKILL');
    await until(() => !pids.some(isRunning));
    expect(await toys.report('dev', 'status')).toMatchObject({ leftBehind: ['alpha'] });
    expect(await toys.report('dev', 'stop')).toEqual({ stopped: ['alpha'] });
    expect(isRunning(pid!)).toBe(false);
  });
});

describe('an engine that does not answer', () => {
  it('is reported after a timeout, and ended by a stop', async () => {
    await create({ alpha: 'well' });
    await toys.report('dev', 'start');
    const { pids } = toys;
    const pid = pauseEngine();
    const commands = [['dev', 'status'], ['dev', 'restart', 'alpha'], ['dev', 'start'], ['ports']];
    const failures = await Promise.all(commands.map((args) => toys.failure(...args)));
    for (const failure of failures)
      expect(failure).toMatchObject({
        exitCode: 1,
        code: 'ENGINE_SILENT',
        message: expect.stringContaining(`pid ${pid}`),
        suggestion: expect.stringContaining(`kill -CONT ${pid}`),
      });
    expect(await toys.report('dev', 'stop')).toEqual({ stopped: ['alpha'] });
    expect(pids.filter(isRunning)).toEqual([]);
    expect(await areFree(toys.ports)).toBe(true);
  }, 60_000);
});

describe('a running system', () => {
  it('is found at the socket of its engine, even if the temporary folder has changed', async () => {
    await create({ alpha: 'well' });
    const first = await toys.report('dev', 'start');
    toys.temporary = mkdtempSync(join(tmpdir(), 'msx-tmp-'));
    elsewhere.push(toys.temporary);
    expect(await toys.report('dev', 'status')).toMatchObject({ engine: first.engine, leftBehind: [] });
    expect(await toys.report('dev', 'start')).toMatchObject({ alreadyRunning: ['alpha'] });
    expect(await toys.report('dev', 'stop')).toEqual({ stopped: ['alpha'] });
  });

  it('is found after its folder was moved, and replaced by a start', async () => {
    await create({ alpha: 'well' });
    const first = await toys.report('dev', 'start');
    const from = toys.root;
    moveTo(`${from}-moved`);
    expect(await toys.says('dev', 'status')).toMatch(new RegExp(`alpha +ready[^]*started in ${from}`));
    expect(await toys.failure('dev', 'restart', 'alpha')).toMatchObject({ code: 'SYSTEM_MOVED' });
    const second = await toys.report('dev', 'start');
    expect(second.started).toEqual(['alpha']);
    expect(isRunning(first.processes[0]!.pid!)).toBe(false);
    moveTo(from);
    expect(await toys.report('dev', 'stop')).toEqual({ stopped: ['alpha'] });
  });

  it('is independent of a copy of its folder', async () => {
    await create({ alpha: 'well' });
    await toys.report('dev', 'start');
    const [original, pids] = [toys.root, toys.pids];
    const copy = `${original}-copy`;
    cpSync(original, copy, { recursive: true, verbatimSymlinks: true });
    elsewhere.push(copy);
    toys.system.root = copy;
    expect(await toys.report('dev', 'status')).toMatchObject({ engine: null, leftBehind: [] });
    expect(await toys.says('dev', 'stop')).toBe('nothing was running\n');
    toys.system.root = original;
    expect(pids.every(isRunning)).toBe(true);
  });
});

function moveTo(folder: string): void {
  renameSync(toys.root, folder);
  toys.system.root = folder;
}
