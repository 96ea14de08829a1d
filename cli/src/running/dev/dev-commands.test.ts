import { afterEach, describe, expect, it } from '@jest/globals';
import { spawn } from 'node:child_process';
import { ToySystem, areFree, isRunning, until } from './toy-system.fixture.js';
import type { ChildProcess } from 'node:child_process';
import type { Behaviour } from './toy-system.fixture.js';

let toys: ToySystem;
const foreign: ChildProcess[] = [];
const create = async (behaviours: Record<string, Behaviour>) => (toys = await ToySystem.create(behaviours));

afterEach(async () => {
  for (const child of foreign.splice(0)) child.kill('SIGKILL');
  await toys.destroy();
});

const report = (...args: string[]) => toys.report(...args);
const failure = (...args: string[]) => toys.failure(...args);
const edit = (name: string, change: (source: string) => string) => toys.edit(name, change);

/** A foreign process that listens on a port. */
async function startForeign(port: number) {
  const code = `require('net').createServer().listen(${port}, '127.0.0.1', () => console.log('up'))`;
  const child = spawn(process.execPath, ['-e', code], { stdio: ['ignore', 'pipe', 'ignore'] });
  foreign.push(child);
  await new Promise((resolve) => child.stdout.once('data', resolve));
  return child;
}

describe('msx dev', () => {
  it('builds and starts a system, reports what is running already, and stops it', async () => {
    await create({ alpha: 'well', beta: 'well' });
    const first = await report('dev', 'start', 'alpha');
    expect(first.started).toEqual(['alpha']);
    expect(first.processes[0]).toMatchObject({
      name: 'alpha',
      state: 'ready',
      startedInMs: expect.any(Number),
    });

    const second = await report('dev', 'start');
    expect(second).toMatchObject({
      engine: { pid: first.engine!.pid },
      started: ['beta'],
      alreadyRunning: ['alpha'],
    });
    expect(second.processes[0]!.pid).toBe(first.processes[0]!.pid);

    const status = await report('dev', 'status');
    expect(status.processes.map(({ name, state }) => `${name} ${state}`)).toEqual([
      'alpha ready',
      'beta ready',
    ]);
    const { pids } = toys;
    expect(await report('dev', 'stop', 'beta')).toEqual({ stopped: ['beta'] });
    expect(await report('dev', 'stop')).toEqual({ stopped: ['alpha'] });
    expect(pids.filter(isRunning)).toEqual([]);
    expect(await report('dev', 'status')).toEqual({
      engine: null,
      processes: [],
      mode: null,
      leftBehind: [],
    });
  });

  it('suggests the name of a service that was misspelt', async () => {
    await create({ alpha: 'well' });
    const wrong = await failure('dev', 'start', 'alhpa');
    expect(wrong).toMatchObject({
      exitCode: 2,
      code: 'UNKNOWN_SERVICE',
      suggestion: 'Did you mean "alpha"?',
    });
    expect(await failure('dev', 'why', 'alpha')).toMatchObject({ exitCode: 1, code: 'NOT_RUNNING' });
  });

  it('starts nothing that does not compile, and shows the compiler error', async () => {
    await create({ alpha: 'well' });
    edit('alpha', (source) => source.replace('= 1', '= "one"'));
    const wrong = await failure('dev', 'start');
    expect(wrong).toMatchObject({ exitCode: 1, code: 'BUILD_FAILED' });
    expect(wrong.message).toContain("alpha/src/main.ts(1,7): error TS2322: Type 'string'");
  });

  it('restarts only the services that an edit affects, once they compile', async () => {
    await create({ alpha: 'well', beta: 'well' });
    await report('dev', 'start', '--watch');
    const before = { alpha: (await toys.view('alpha')).pid, beta: (await toys.view('beta')).pid };

    edit('alpha', (source) => source.replace('= 1', '= "two"'));
    await until(
      () => toys.view('build:alpha'),
      ({ gaveUp }) => gaveUp,
    );
    expect(await toys.view('alpha')).toMatchObject({ phase: 'ready', pid: before.alpha });

    edit('alpha', (source) => source.replace('"two"', '2'));
    await until(
      () => toys.view('alpha'),
      ({ phase, pid }) => phase === 'ready' && pid !== before.alpha,
    );
    expect(toys.readLog('alpha')).toContain('version 2');
    expect((await toys.view('beta')).pid).toBe(before.beta);
  });

  it('restarts a service that compiles while another one does not', async () => {
    await create({ alpha: 'well', beta: 'well' });
    await report('dev', 'start', '--watch');
    const { pid } = await toys.view('beta');
    edit('alpha', (source) => source.replace('= 1', '= "two"'));
    edit('beta', (source) => source.replace('= 1', '= 2'));
    await until(
      () => toys.view('beta'),
      (beta) => beta.phase === 'ready' && beta.pid !== pid,
    );
    expect(toys.readLog('beta')).toContain('version 2');
    expect(await toys.view('build:alpha')).toMatchObject({ gaveUp: true });
  });

  it('restarts on command, built from the current sources', async () => {
    await create({ alpha: 'well' });
    await report('dev', 'start');
    edit('alpha', (source) => source.replace('= 1', '= 3'));
    expect((await report('dev', 'restart', 'alpha')).processes[0]).toMatchObject({ state: 'ready' });
    expect(toys.readLog('alpha')).toContain('version 3');
  });

  it('shows all logs while attached, and stops everything on Ctrl-C', async () => {
    await create({ alpha: 'well', beta: 'well' });
    const { child, ended, output: printed } = toys.follow(toys.spawnMsx('dev', 'start', '--attach'));
    await until(
      () => /alpha.*the toy is wound up/.test(printed()) && /beta.*the toy is wound up/.test(printed()),
    );
    child.kill('SIGINT');
    const { code, output } = await ended;
    expect(code).toBe(0);
    expect(output).toMatch(
      /stopping alpha, beta… \(Ctrl-C again: at once\)\nstopped alpha, beta in \d\.\d s\n$/,
    );
    expect(await areFree(toys.ports)).toBe(true);
  });
});

describe('msx ports', () => {
  it('distinguishes foreign processes from its own, and frees their ports only when confirmed', async () => {
    await create({ alpha: 'well' });
    const [port, healthPort] = toys.ports as [number, number];
    const { pid } = await startForeign(healthPort);
    expect(JSON.parse((await toys.msx('ports')).output)).toMatchObject({
      ports: [
        { port, heldBy: 'nobody' },
        { port: healthPort, wantedBy: 'alpha', use: 'health', heldBy: 'stranger', holder: { pid } },
      ],
    });
    expect(await failure('ports', 'free')).toMatchObject({ exitCode: 2, code: 'CONFIRMATION_NEEDED' });
    expect(isRunning(pid!)).toBe(true);
    expect(JSON.parse((await toys.msx('ports', 'free', '--force')).output)).toEqual({ freed: [healthPort] });
    expect(isRunning(pid!)).toBe(false);
  });

  it('are freed by a start with --free-ports', async () => {
    await create({ alpha: 'well' });
    const { pid } = await startForeign(toys.ports[0]!);
    expect(await failure('dev', 'start')).toMatchObject({ exitCode: 1, code: 'PORT_HELD' });
    expect((await report('dev', 'start', '--free-ports')).started).toEqual(['alpha']);
    expect(isRunning(pid!)).toBe(false);
    expect(JSON.parse((await toys.msx('ports')).output).ports[0]).toMatchObject({ heldBy: 'run' });
  });

  it('are freed of the leftovers of a killed engine', async () => {
    await create({ alpha: 'well' });
    await report('dev', 'start');
    process.kill(toys.pids[0]!, 'SIGKILL');
    expect(await report('dev', 'status')).toMatchObject({ leftBehind: ['alpha'] });
    expect(JSON.parse((await toys.msx('ports', 'free')).output).freed.sort()).toEqual([...toys.ports].sort());
    expect(await areFree(toys.ports)).toBe(true);
  });
});
