import { afterEach, describe, expect, it } from '@jest/globals';
import { setTimeout as pause } from 'node:timers/promises';
import { readRunFile } from '../engine/control/run-file.js';
import { ToySystem, areFree, isRunning, until } from './toy-system.fixture.js';
import type { ResourceView } from '../engine/snapshot.js';
import type { Behaviour, Followed } from './toy-system.fixture.js';

let toys: ToySystem;
const create = async (behaviours: Record<string, Behaviour>) => (toys = await ToySystem.create(behaviours));
const begin = (...args: string[]): Followed => toys.follow(toys.spawnMsx(...args));
/** Until it has said so, which a signal that comes any sooner would not count after. */
const once = ({ said }: Followed, text: RegExp) => until(() => text.test(said()));

/** What comes sooner after another is the same press, which npx has passed on. */
const A_PERSON_TAKES_MS = 100;
const press = async ({ child }: Followed) => {
  await pause(A_PERSON_TAKES_MS);
  child.kill('SIGINT');
};

/** Nothing while there is no engine, or one that does not know it yet. */
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
  it('says at once what it ends, and leaves no engine behind', async () => {
    await create({ alpha: 'deaf' });
    const start = begin('dev', 'start');
    const pids = await until(
      () => toys.pids,
      (running) => running.length === 2,
    );
    await press(start);
    expect(await start.ended).toMatchObject({
      code: 130,
      output: expect.stringContaining('ending alpha… (Ctrl-C again: at once)\n'),
    });
    await expectNothingLeft(pids);
  });

  it('kills at once what does not want to end when it comes twice', async () => {
    await create({ alpha: 'stubborn', beta: 'deaf' });
    const start = begin('dev', 'start');
    const pids = await until(
      () => toys.pids,
      (running) => running.length === 3,
    );
    await until(
      () => toys.view('alpha'),
      ({ phase }) => phase === 'ready',
    );
    await press(start);
    await once(start, /ending alpha, beta/);
    const since = Date.now();
    await press(start);
    expect(await start.ended).toMatchObject({ signal: 'SIGINT' });
    expect(Date.now() - since).toBeLessThan(3_000);
    await expectNothingLeft(pids);
  });

  it('leaves running what ran before, however often it comes', async () => {
    await create({ alpha: 'well', beta: 'deaf' });
    await toys.report('dev', 'start', 'alpha');
    const start = begin('dev', 'start');
    const { pid } = await until(
      () => toys.view('beta'),
      (view) => view.pid !== undefined,
    );
    await press(start);
    await once(start, /ending beta…/);
    await press(start);
    await start.ended;
    await until(() => !isRunning(pid!));
    expect(await toys.view('alpha')).toMatchObject({ phase: 'ready' });
  });

  it('ends the waiting for what was begun before, and nothing else', async () => {
    await create({ alpha: 'unstarted' });
    const first = begin('dev', 'start');
    await until(
      () => phaseOf('alpha'),
      (phase) => phase === 'running',
    );
    const second = begin('dev', 'start', '--timeout', '30');
    await once(second, /alpha is not started/);
    await press(second);
    expect(await second.ended).toMatchObject({
      code: 130,
      output: expect.stringContaining('no longer waiting…'),
    });
    toys.behave('alpha', 'well');
    expect((await first.ended).code).toBe(0);
  });

  it('ends the system at once when it comes twice to what is attached to it', async () => {
    await create({ alpha: 'stubborn' });
    const attached = begin('dev', 'start', '--attach');
    await once(attached, /Ctrl-C stops/);
    const { pids } = toys;
    await press(attached);
    await once(attached, /ending alpha…/);
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

  it('breaks off a build, which ends with it', async () => {
    await create({ alpha: 'well' });
    toys.edit('alpha', (source) => source.replace('= 1', '= 2'));
    const start = begin('dev', 'start');
    await until(
      () => phaseOf('build:alpha'),
      (phase) => phase === 'starting',
    );
    const { pids } = toys;
    await press(start);
    expect((await start.ended).code).toBe(130);
    await expectNothingLeft(pids);
  });

  it('does not keep a stop from ending things, and does so at once when it comes twice', async () => {
    await create({ alpha: 'stubborn' });
    await toys.report('dev', 'start');
    const { pids } = toys;
    const stop = begin('dev', 'stop');
    await until(
      () => toys.view('alpha'),
      ({ phase }) => phase === 'stopping',
    );
    await press(stop);
    await once(stop, /still ending alpha…/);
    expect(isRunning(pids[1]!)).toBe(true);
    const since = Date.now();
    await press(stop);
    await stop.ended;
    expect(Date.now() - since).toBeLessThan(3_000);
    await expectNothingLeft(pids);
  });

  it('ends the waiting for a restart, not the restart', async () => {
    await create({ alpha: 'well' });
    await toys.report('dev', 'start');
    const { pid } = await toys.view('alpha');
    toys.behave('alpha', 'unstarted');
    const restart = begin('dev', 'restart', 'alpha');
    await until(
      () => toys.view('alpha'),
      (view) => view.phase === 'running' && view.pid !== pid,
    );
    await press(restart);
    expect(await restart.ended).toMatchObject({
      code: 130,
      output: expect.stringContaining('alpha: the restart goes on, see msx dev status'),
    });
    toys.behave('alpha', 'well');
    await until(
      () => toys.view('alpha'),
      ({ phase }) => phase === 'ready',
    );
  });
});
