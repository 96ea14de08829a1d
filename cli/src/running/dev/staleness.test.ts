import { afterEach, describe, expect, it } from '@jest/globals';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ToySystem, until } from './toy-system.fixture.js';
import type { Behaviour } from './toy-system.fixture.js';

let toys: ToySystem;
const create = async (behaviours: Record<string, Behaviour>) => (toys = await ToySystem.create(behaviours));
const stale = async () => {
  const { processes } = await toys.report('dev', 'status');
  return processes.filter((process) => process.stale).map(({ name }) => name);
};
const pidOf = async (name: string) => (await toys.view(name)).pid;

afterEach(() => toys.destroy());

describe('a service whose code is older than its sources', () => {
  it('is shown as stale, and is the only one that the next start restarts', async () => {
    await create({ alpha: 'well', beta: 'well' });
    await toys.report('dev', 'start');
    expect(await stale()).toEqual([]);
    const pids = { alpha: await pidOf('alpha'), beta: await pidOf('beta') };
    toys.edit('alpha', (source) => source.replace('= 1', '= 2'));
    expect(await stale()).toEqual(['alpha']);
    expect(await toys.says('dev', 'status')).toMatch(
      /alpha +stale[^]*alpha is stale, older than its sources: msx dev restart alpha\n/,
    );
    expect(await toys.report('dev', 'start')).toMatchObject({
      started: [],
      restarted: ['alpha'],
      alreadyRunning: ['beta'],
    });
    expect(toys.readLog('alpha')).toContain('version 2');
    expect(await pidOf('alpha')).not.toBe(pids.alpha);
    expect(await pidOf('beta')).toBe(pids.beta);
    expect(await stale()).toEqual([]);
  });

  it('is also stale after msx build', async () => {
    await create({ alpha: 'well' });
    await toys.report('dev', 'start');
    toys.edit('alpha', (source) => source.replace('= 1', '= 2'));
    await toys.report('build');
    expect(await stale()).toEqual(['alpha']);
    expect((await toys.report('dev', 'start')).restarted).toEqual(['alpha']);
    expect(toys.readLog('alpha')).toContain('version 2');
  });

  it('is not stale after an edit that was reverted', async () => {
    await create({ alpha: 'well' });
    await toys.report('dev', 'start');
    toys.edit('alpha', (source) => source.replace('= 1', '= 2'));
    toys.edit('alpha', (source) => source.replace('= 2', '= 1'));
    expect(await stale()).toEqual([]);
    expect((await toys.report('dev', 'start')).alreadyRunning).toEqual(['alpha']);
  });

  it('keeps running when its sources do not compile', async () => {
    await create({ alpha: 'well' });
    await toys.report('dev', 'start');
    const pid = await pidOf('alpha');
    toys.edit('alpha', (source) => source.replace('= 1', '= "one"'));
    expect(await toys.failure('dev', 'start')).toMatchObject({ code: 'BUILD_FAILED' });
    expect(await toys.view('alpha')).toMatchObject({ phase: 'ready', pid });
    toys.edit('alpha', (source) => source.replace('"one"', '1'));
    await toys.report('dev', 'start');
    expect(await toys.view('alpha')).toMatchObject({ phase: 'ready' });
  });

  it('is stale when msx.yaml changes its environment: that of a caller, and that of the callee', async () => {
    await create({ alpha: 'well', beta: 'well', gamma: 'well' });
    await toys.report('dev', 'start');
    const model = JSON.parse(JSON.stringify(toys.model)) as typeof toys.model;
    model.services['beta']!.calls = [];
    writeFileSync(join(toys.root, 'msx.yaml'), JSON.stringify(model));
    expect(await toys.report('dev', 'start')).toMatchObject({
      restarted: ['alpha', 'beta'],
      alreadyRunning: ['gamma'],
    });
  });
});

describe('an edit that does not compile and is reverted, with --watch', () => {
  it('leaves everything as before: in the output, in the status and in what runs', async () => {
    await create({ alpha: 'well' });
    const attached = toys.follow(toys.spawnMsx('dev', 'start', '--watch', '--attach'));
    await until(() => /Ctrl-C stops/.test(attached.output()));
    toys.edit('alpha', (source) => source.replace('= 1', '= "one"'));
    await until(() => /build:alpha failed: BUILD_FAILED/.test(attached.output()));
    // A write that is seen as two edits is built twice.
    await until(async () => (await toys.view('build:alpha')).phase === 'exited');
    const [failing] = (await toys.report('dev', 'status')).processes;
    expect(failing).toMatchObject({
      state: 'ready',
      stale: true,
      because: [
        'alpha is ready, but still runs its previous build',
        expect.stringMatching(/^build:alpha failed: BUILD_FAILED/),
      ],
    });
    toys.edit('alpha', (source) => source.replace('"one"', '1'));
    await until(() => /alpha builds again/.test(attached.output()));
    await until(async () => (await stale()).length === 0);
    const { processes } = await toys.report('dev', 'status');
    expect(processes[0]).toMatchObject({ state: 'ready', because: [] });
    const build = await toys.view('build:alpha');
    expect(build.gaveUp).toBe(false);
    expect(build.hold).toBeUndefined();
    expect(toys.readLog('alpha')).not.toContain('version one');
    attached.child.kill('SIGINT');
    expect((await attached.ended).code).toBe(0);
  });
});
