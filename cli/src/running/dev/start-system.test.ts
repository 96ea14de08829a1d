import { afterEach, describe, expect, it } from '@jest/globals';
import { explain, sentence } from '../engine/explain.js';
import { engineOf } from './engine-of.js';
import { ToySystem, areFree, isRunning, until } from './toy-system.fixture.js';
import type { Behaviour } from './toy-system.fixture.js';

let toys: ToySystem | undefined;
const create = async (behaviours: Record<string, Behaviour>) => (toys = await ToySystem.create(behaviours));

afterEach(() => toys?.destroy());

async function expectNothingLeft({ ports }: ToySystem, pids: number[]) {
  expect(pids.filter(isRunning)).toEqual([]);
  expect(await areFree(ports)).toBe(true);
}

describe('starting and stopping a system', () => {
  it('starts everything and stops all of it, and frees the ports', async () => {
    const toys = await create({ alpha: 'well', beta: 'well' });
    const { added, targets, snapshot } = await toys.start();
    expect(added.sort()).toEqual(['alpha', 'beta', 'build:alpha', 'build:beta']);
    expect(targets).toEqual(['alpha', 'beta']);
    expect(snapshot.resources.filter(({ kind }) => kind === 'service').map(({ phase }) => phase)).toEqual([
      'ready',
      'ready',
    ]);
    const { pids } = toys;
    expect(pids).toHaveLength(3);
    expect(pids.every(isRunning)).toBe(true);
    expect(toys.readLog('alpha')).toContain('the toy is wound up');

    expect(await toys.stop()).toEqual({ stopped: ['alpha', 'beta'], left: [] });
    await expectNothingLeft(toys, pids);
    expect(await toys.stop()).toEqual({ stopped: [], left: [] });
  });

  it('starts a service with the services that it calls, and nothing else', async () => {
    const toys = await create({ alpha: 'well', beta: 'well', gamma: 'well' });
    expect((await toys.start(['beta'])).targets).toEqual(['alpha', 'beta']);
    const again = await toys.start();
    expect(again.added).toEqual(['build:gamma', 'gamma']);
  });

  it('explains why a service is not started', async () => {
    const toys = await create({ alpha: 'deaf', beta: 'unstarted' });
    const start = toys.start([], { timeoutMs: 3_000 });
    await until(() =>
      engineOf(toys.root)
        .snapshot()
        .then(
          ({ resources }) => resources.some(({ name, phase }) => name === 'beta' && phase === 'running'),
          () => false,
        ),
    );
    const snapshot = await engineOf(toys.root).snapshot();
    expect(sentence(explain(snapshot, 'beta'))).toBe(
      'beta is not started: spring is waiting for alpha (it is still on the shelf) ← alpha is starting: it does not answer yet',
    );
    await expect(start).rejects.toMatchObject({ code: 'START_TIMEOUT', facts: { seconds: 3 } });
    await until(() => areFree(toys.ports));
  });
});
