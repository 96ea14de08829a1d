import { afterEach, describe, expect, it } from '@jest/globals';
import { rmSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { readRunFile } from '../engine/control/run-file.js';
import { heldPorts } from './held-ports.js';
import { engineOf } from './engine-of.js';
import { ToySystem, areFree, holdPort, isRunning, until } from './toy-system.fixture.js';
import type { Behaviour } from './toy-system.fixture.js';

let toys: ToySystem;
const create = async (behaviours: Record<string, Behaviour>) => (toys = await ToySystem.create(behaviours));
const running = (name: string) => toys.view(name).then(({ phase }) => phase === 'ready');

afterEach(() => toys.destroy());

async function expectNothingLeft(pids: number[]) {
  await until(() => !pids.some(isRunning));
  expect(await areFree(toys.ports)).toBe(true);
}

describe('a start that fails', () => {
  it('names the service and the reason, and stops what it had started', async () => {
    await create({ alpha: 'well', beta: 'crash' });
    await expect(toys.start()).rejects.toMatchObject({
      code: 'SERVICE_GAVE_UP',
      facts: { service: 'beta', times: 3, reason: 'CONFIG_INVALID: the toy has no spring' },
    });
    await until(() => readRunFile(toys.root) === undefined);
    expect(await areFree(toys.ports)).toBe(true);
  });

  it('contains the error that Node prints for a crash', async () => {
    await create({ alpha: 'loop' });
    const facts = { service: 'alpha', reason: 'CRASHED: Error: the toy fell off the table' };
    await expect(toys.start()).rejects.toMatchObject({ code: 'SERVICE_GAVE_UP', facts });
  });

  it('keeps services running that ran before', async () => {
    await create({ alpha: 'well', beta: 'crash' });
    await toys.start(['alpha']);
    const { pid } = await toys.view('alpha');
    await expect(toys.start()).rejects.toMatchObject({ code: 'SERVICE_GAVE_UP' });
    expect(await toys.view('alpha')).toMatchObject({ phase: 'ready', pid });
  });

  it('succeeds once the cause is fixed', async () => {
    await create({ alpha: 'well', beta: 'crash' });
    await toys.start(['alpha']);
    await expect(toys.start()).rejects.toMatchObject({ code: 'SERVICE_GAVE_UP' });
    toys.behave('beta', 'well');
    await toys.start();
    expect(await running('beta')).toBe(true);
  });

  it('names the foreign process that holds a port', async () => {
    await create({ alpha: 'well', beta: 'well' });
    const port = toys.system.services[1]!.healthPort;
    const release = await holdPort(port);
    const facts = {
      port,
      wantedBy: 'beta',
      pid: process.pid,
      user: expect.any(String),
      command: expect.any(String),
    };
    await expect(toys.start()).rejects.toMatchObject({ code: 'PORT_HELD', facts });
    await release();
    await until(() => areFree(toys.ports));
    await toys.start();
  });

  it('names a foreign process that listens on [::1] only, which localhost may resolve to', async () => {
    await create({ alpha: 'well' });
    const port = toys.system.services[0]!.port;
    const release = await holdPort(port, '::1');
    await expect(toys.start()).rejects.toMatchObject({
      code: 'PORT_HELD',
      message: expect.stringContaining('held on [::1]'),
      facts: { port, wantedBy: 'alpha', address: '::1', pid: process.pid },
    });
    await release();
    await toys.start();
    // One that starts later is listed beside the own process.
    const releaseLater = await holdPort(port, '::1');
    const ofPort = (await heldPorts(toys.system)).filter((each) => each.port === port);
    expect(ofPort.map(({ heldBy, holder }) => [heldBy, holder!.address])).toEqual([
      ['run', '127.0.0.1'],
      ['stranger', '::1'],
    ]);
    await releaseLater();
  });

  it('reports that logs cannot be written', async () => {
    await create({ alpha: 'well' });
    writeFileSync(join(toys.root, 'logs'), 'not a folder');
    const facts = { directory: join(toys.root, 'logs') };
    await expect(toys.start()).rejects.toMatchObject({ code: 'LOG_DIR_UNWRITABLE', facts });
  });

  it('stops what it started when it is interrupted, and nothing else', async () => {
    await create({ alpha: 'well', beta: 'deaf' });
    await toys.start(['alpha']);
    const interruption = new AbortController();
    const start = toys.start([], { interrupted: interruption.signal });
    const { pid } = await until(
      () => toys.view('beta'),
      ({ pid }) => pid !== undefined,
    );
    interruption.abort();
    await expect(start).rejects.toMatchObject({ code: 'INTERRUPTED', exitCode: 130 });
    expect(isRunning(pid!)).toBe(false);
    expect(await running('alpha')).toBe(true);
  });
});

describe('processes that are killed', () => {
  it('are restarted', async () => {
    await create({ alpha: 'well' });
    await toys.start();
    for (let kill = 0; kill < 5; kill++) {
      const { pid } = await toys.view('alpha');
      process.kill(pid!, 'SIGKILL');
      await until(
        () => toys.view('alpha'),
        (view) => view.phase === 'ready' && view.pid !== pid,
      );
    }
  });

  it('are found and ended by a stop, if the engine was killed', async () => {
    await create({ alpha: 'well', beta: 'well' });
    await toys.start();
    const { pids } = toys;
    process.kill(pids[0]!, 'SIGKILL');
    expect((await toys.stop()).stopped.sort()).toEqual(['alpha', 'beta']);
    await expectNothingLeft(pids);
  });

  it('are replaced by a start, if the engine was killed', async () => {
    await create({ alpha: 'well', beta: 'well' });
    await toys.start();
    const before = toys.pids;
    process.kill(before[0]!, 'SIGKILL');
    await toys.start();
    expect(before.filter(isRunning)).toEqual([]);
    expect(toys.pids.every((pid) => isRunning(pid) && !before.includes(pid))).toBe(true);
  });

  it('are found by their token when no record of them is left', async () => {
    await create({ alpha: 'well' });
    await toys.start();
    const { pids } = toys;
    process.kill(pids[0]!, 'SIGKILL');
    rmSync(join(toys.root, '.msx/run.json'));
    await toys.stop();
    await expectNothingLeft(pids);
  });
});

describe('a stop', () => {
  it('ends even a process that ignores SIGTERM', async () => {
    await create({ alpha: 'stubborn', beta: 'well' });
    await toys.start();
    const { pids } = toys;
    await toys.stop();
    await expectNothingLeft(pids);
  });

  it('leaves nothing behind, at whatever time it comes', async () => {
    await create({ alpha: 'well', beta: 'well' });
    for (let reached = 0; reached < 4; reached++) {
      let changes = 0;
      const start = toys.start([], { onSnapshot: () => void changes++ });
      const over = start.then(
        () => (changes = Infinity),
        () => (changes = Infinity),
      );
      await until(() => changes > reached);
      const { pids } = toys;
      await toys.stop();
      await over;
      await expectNothingLeft(pids);
    }
  });
});

describe('two starts at once', () => {
  it('share one engine', async () => {
    await create({ alpha: 'well', beta: 'well' });
    const starts = await Promise.all([toys.start(['alpha']), toys.start(), toys.start(['beta'])]);
    expect(new Set(starts.map(({ snapshot }) => snapshot.engine.pid)).size).toBe(1);
    expect(new Set(toys.pids).size).toBe(3);
  });
});

describe('a log', () => {
  it('is readable by its owner only, and never a link created by another user', async () => {
    await create({ alpha: 'well', beta: 'well' });
    await toys.start(['alpha']);
    expect(statSync(toys.log('alpha')).mode & 0o777).toBe(0o600);
    const other = join(toys.root, 'other');
    writeFileSync(other, 'precious');
    symlinkSync(other, toys.log('beta'));
    await expect(toys.start()).rejects.toMatchObject({ code: 'LOG_DIR_UNWRITABLE' });
    expect(statSync(other).size).toBe('precious'.length);
  });
});

describe('restarting', () => {
  it('restarts only the given service', async () => {
    await create({ alpha: 'well', beta: 'well' });
    await toys.start();
    const before = { alpha: (await toys.view('alpha')).pid, beta: (await toys.view('beta')).pid };
    await engineOf(toys.root).restart({ names: ['alpha'], completed: ['build:alpha'] });
    await until(
      () => toys.view('alpha'),
      ({ phase, pid }) => phase === 'ready' && pid !== before.alpha,
    );
    expect((await toys.view('beta')).pid).toBe(before.beta);
  });
});
