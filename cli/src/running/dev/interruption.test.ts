import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { readRunFile } from '../engine/control/run-file.js';
import { ToySystem, areFree, isRunning, until } from './toy-system.fixture.js';
import type { ResourceView } from '../engine/snapshot.js';
import type { Behaviour, FollowedCommand } from './toy-system.fixture.js';

let toys: ToySystem;
const create = async (behaviours: Record<string, Behaviour>) => (toys = await ToySystem.create(behaviours));
const run = (...args: string[]): FollowedCommand => toys.follow(toys.spawnMsx(...args));
/** Waits until the command has printed a text: an earlier signal would not count. */
const once = ({ output }: FollowedCommand, text: RegExp) => until(() => text.test(output()));

/** A second signal within this time counts as the same key press, forwarded by npx. */
const KEY_PRESS_INTERVAL_MS = 100;
const press = async ({ child }: FollowedCommand) => {
  await pause(KEY_PRESS_INTERVAL_MS);
  child.kill('SIGINT');
};

/** Undefined while there is no engine, or the engine does not know the resource yet. */
const phaseOf = (name: string): Promise<string | undefined> =>
  toys.view(name).then(
    (view: ResourceView | undefined) => view?.phase,
    () => undefined,
  );

afterEach(() => toys.destroy());

async function expectNothingLeft(pids: number[]) {
  expect(pids.filter(isRunning)).toEqual([]);
  expect(await areFree(toys.ports)).toBe(true);
  expect(readRunFile(toys.root)).toBeUndefined();
}

describe('Ctrl-C', () => {
  it('prints at once what it stops, and leaves no engine behind', async () => {
    await create({ alpha: 'deaf' });
    const start = run('dev', 'start');
    const pids = await until(
      () => toys.pids,
      (running) => running.length === 2,
    );
    await press(start);
    expect(await start.ended).toMatchObject({
      code: 130,
      output: expect.stringContaining('stopping alpha… (Ctrl-C again: at once)\n'),
    });
    await expectNothingLeft(pids);
  });

  it('kills stubborn processes at once when pressed twice', async () => {
    await create({ alpha: 'stubborn', beta: 'deaf' });
    const start = run('dev', 'start');
    const pids = await until(
      () => toys.pids,
      (running) => running.length === 3,
    );
    await until(
      () => toys.view('alpha'),
      ({ phase }) => phase === 'ready',
    );
    await press(start);
    await once(start, /stopping alpha, beta/);
    const since = Date.now();
    await press(start);
    expect(await start.ended).toMatchObject({ signal: 'SIGINT' });
    expect(Date.now() - since).toBeLessThan(3_000);
    await expectNothingLeft(pids);
  });

  it('keeps services running that ran before, however often it is pressed', async () => {
    await create({ alpha: 'well', beta: 'deaf' });
    await toys.report('dev', 'start', 'alpha');
    const start = run('dev', 'start');
    const { pid } = await until(
      () => toys.view('beta'),
      (view) => view.pid !== undefined,
    );
    await press(start);
    await once(start, /stopping beta…/);
    await press(start);
    await start.ended;
    await until(() => !isRunning(pid!));
    expect(await toys.view('alpha')).toMatchObject({ phase: 'ready' });
  });

  it('only ends the waiting for a start of another command', async () => {
    await create({ alpha: 'unstarted' });
    const first = run('dev', 'start');
    await until(
      () => phaseOf('alpha'),
      (phase) => phase === 'running',
    );
    const second = run('dev', 'start', '--timeout', '30');
    await once(second, /alpha is not started/);
    await press(second);
    expect(await second.ended).toMatchObject({
      code: 130,
      output: expect.stringContaining('no longer waiting…'),
    });
    toys.behave('alpha', 'well');
    expect((await first.ended).code).toBe(0);
  });

  it('kills the system at once when pressed twice in an attached command', async () => {
    await create({ alpha: 'stubborn' });
    const attached = run('dev', 'start', '--attach');
    await once(attached, /Ctrl-C stops/);
    const { pids } = toys;
    await press(attached);
    await once(attached, /stopping alpha…/);
    await until(
      () => toys.view('alpha'),
      ({ phase }) => phase === 'stopping',
    );
    const since = Date.now();
    await press(attached);
    expect(await attached.ended).toMatchObject({ signal: 'SIGINT' });
    expect(Date.now() - since).toBeLessThan(3_000);
    await expectNothingLeft(pids);
  });

  it('cancels a build', async () => {
    await create({ alpha: 'well' });
    toys.edit('alpha', (source) => source.replace('= 1', '= 2'));
    const start = run('dev', 'start');
    await until(
      () => phaseOf('build:alpha'),
      (phase) => phase === 'starting',
    );
    const { pids } = toys;
    await press(start);
    expect((await start.ended).code).toBe(130);
    await expectNothingLeft(pids);
  });

  it('does not cancel a stop, and makes it kill at once when pressed twice', async () => {
    await create({ alpha: 'stubborn' });
    await toys.report('dev', 'start');
    const { pids } = toys;
    const stop = run('dev', 'stop');
    await until(
      () => toys.view('alpha'),
      ({ phase }) => phase === 'stopping',
    );
    await press(stop);
    await once(stop, /still stopping alpha…/);
    expect(isRunning(pids[1]!)).toBe(true);
    const since = Date.now();
    await press(stop);
    await stop.ended;
    expect(Date.now() - since).toBeLessThan(3_000);
    await expectNothingLeft(pids);
  });

  it('ends the waiting for a restart, but not the restart', async () => {
    await create({ alpha: 'well' });
    await toys.report('dev', 'start');
    const { pid } = await toys.view('alpha');
    toys.behave('alpha', 'unstarted');
    const restart = run('dev', 'restart', 'alpha');
    await until(
      () => toys.view('alpha'),
      (view) => view.phase === 'running' && view.pid !== pid,
    );
    await press(restart);
    expect(await restart.ended).toMatchObject({
      code: 130,
      output: expect.stringContaining('alpha: the restart continues; see msx dev status'),
    });
    toys.behave('alpha', 'well');
    await until(
      () => toys.view('alpha'),
      ({ phase }) => phase === 'ready',
    );
  });
});
