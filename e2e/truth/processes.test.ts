import { afterEach, beforeEach, describe, expect, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { isRunning, ToySystem, until } from '../../cli/src/running/dev/toy-system.fixture.js';
import { notSaid } from './sentences.fixture.js';
import type { Finished } from '../shop-copy.fixture.js';

jest.setTimeout(120_000);

describe('messages about processes, when they are not true', () => {
  let toys: ToySystem;
  beforeEach(async () => {
    toys = await ToySystem.create({ alpha: 'well', beta: 'well' });
  });
  afterEach(() => toys.destroy());

  /** Runs `msx …args` in the system, as a user would. */
  async function msx(...args: string[]): Promise<Finished> {
    const { code, output } = await toys.follow(toys.spawnMsx(...args)).ended;
    return { code, stdout: output, stderr: '' };
  }
  const started = async () => {
    const run = await msx('dev', 'start');
    expect(run).toMatchObject({ code: 0 });
  };
  const pidOf = async (name: string) => (await toys.view(name)).pid!;
  /** Runs `work` while a process is paused, as by a debugger or a sleeping laptop. */
  async function whilePaused<T>(pid: number, work: () => Promise<T>): Promise<T> {
    process.kill(pid, 'SIGSTOP');
    return work().finally(() => isRunning(pid) && process.kill(pid, 'SIGCONT'));
  }
  const enginePid = () => toys.pids[0]!;

  notSaid({ command: 'dev start', says: '… started in …', of: 'beta' }, async () => {
    toys.behave('beta', 'unstarted');
    return msx('dev', 'start', 'beta', '--timeout', '4s');
  });
  notSaid({ command: 'dev start', says: 'everything is running already…' }, async () => {
    await started();
    toys.behave('beta', 'loop');
    process.kill(await pidOf('beta'), 'SIGKILL');
    await until(
      () => toys.view('beta'),
      ({ phase }) => phase !== 'ready',
    );
    return msx('dev', 'start', '--timeout', '4s');
  });
  notSaid({ command: 'dev start --watch', says: 'Watching for edits from now on.' }, async () => {
    await started();
    return whilePaused(enginePid(), () => msx('dev', 'start', '--watch', '--timeout', '4s'));
  });
  notSaid({ command: 'dev restart', says: '… started in … s', of: 'beta' }, async () => {
    await started();
    toys.behave('beta', 'unstarted');
    return msx('dev', 'restart', 'beta', '--timeout', '4s');
  });
  notSaid({ command: 'dev start --attach', says: '… builds again' }, async () => {
    const attached = toys.follow(toys.spawnMsx('dev', 'start', '--attach', '--watch'));
    await until(attached.output, (output) => output.includes('Ctrl-C stops'));
    for (const times of [1, 2]) {
      toys.edit('beta', (source) => `${source}\nexport const wrong${times}: number = 'x';\n`);
      await until(attached.output, (output) => output.split('build:beta failed').length > times);
    }
    attached.child.kill('SIGINT');
    return { stdout: (await attached.ended).output };
  });
  notSaid({ command: 'dev restart --stale', says: 'nothing is stale' }, async () => {
    await started();
    toys.edit('beta', (source) => source.replace('= 1', '= 2'));
    return msx('dev', 'restart', '--stale');
  });
  notSaid({ command: 'dev status', says: 'nothing is running' }, async () => {
    await started();
    const paused = await whilePaused(enginePid(), () => msx('dev', 'status'));
    process.kill(enginePid(), 'SIGKILL');
    return [paused, await msx('dev', 'status')];
  });
  notSaid({ command: 'list', says: 'no system of this user is running' }, async () => {
    toys.temporary = toys.root;
    await started();
    const paused = await whilePaused(enginePid(), () => msx('list'));
    process.kill(enginePid(), 'SIGKILL');
    return [paused, await msx('list')];
  });
  notSaid({ command: 'dev stop', says: 'nothing was running' }, async () => {
    await started();
    process.kill(enginePid(), 'SIGKILL');
    return msx('dev', 'stop');
  });
  notSaid({ command: 'dev stop', says: '… was not running' }, async () => {
    await started();
    return whilePaused(await pidOf('beta'), () => msx('dev', 'stop', 'beta'));
  });
  notSaid({ command: 'dev status', says: '… ready', of: 'beta' }, async () => {
    await started();
    return whilePaused(await pidOf('beta'), async () => {
      await until(
        () => toys.view('beta'),
        ({ phase }) => phase !== 'ready',
      );
      return msx('dev', 'status');
    });
  });
  notSaid({ command: 'dev why', says: '… is ready', of: 'beta' }, async () => {
    await started();
    return whilePaused(await pidOf('beta'), async () => {
      await until(
        () => toys.view('beta'),
        ({ phase }) => phase !== 'ready',
      );
      return msx('dev', 'why', 'beta');
    });
  });
  notSaid({ command: 'dev stop', says: 'stopped … in …' }, async () => {
    await started();
    return whilePaused(enginePid(), () => msx('dev', 'stop', 'beta'));
  });
  notSaid({ command: 'ports free', says: 'nothing to free' }, async () => {
    const foreign = createServer().listen(toys.ports[0], '::1');
    await once(foreign, 'listening');
    const run = await msx('ports', 'free');
    foreign.close();
    return run;
  });
  notSaid({ command: 'ports free', says: 'freed …' }, async () => {
    const port = toys.ports[0]!;
    const supervisor = spawn(process.execPath, ['-e', supervisorOf(port)], {
      stdio: 'ignore',
      detached: true,
    });
    await until(
      () => msx('ports'),
      ({ stdout }) => stdout.includes('foreign'),
    );
    const run = await msx('ports', 'free', String(port), '--force');
    process.kill(-supervisor.pid!, 'SIGKILL');
    return run;
  });
});

/** A supervisor with one process that listens, and a reserve that replaces it when it exits. */
const supervisorOf = (port: number) => `
  const { spawn } = require('node:child_process');
  const listens = "process.on('message', () => require('node:net').createServer().listen(${port}, '127.0.0.1'))";
  const reserve = () => spawn(process.execPath, ['-e', listens], { stdio: ['ignore', 'ignore', 'ignore', 'ipc'] });
  let next = reserve();
  (function begin() {
    next.on('exit', begin).send('go');
    next = reserve();
  })();`;
