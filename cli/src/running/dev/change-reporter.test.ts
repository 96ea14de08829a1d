import { describe, expect, it } from '@jest/globals';
import { newStatus } from '../engine/resource.js';
import { ChangeReporter } from './change-reporter.js';
import type { Status } from '../engine/resource.js';
import type { ResourceView, Snapshot } from '../engine/snapshot.js';

const snapshot = (name: string, status: Partial<Status>, target = 1) => {
  const kind = name.startsWith('build:') ? 'task' : 'service';
  const resource = { ...newStatus(0), ...status, name, kind, target } as ResourceView;
  return { engine: { pid: 1, startedAt: 0 }, now: 0, resources: [resource] } as Snapshot;
};
const failure: Partial<Status> = {
  phase: 'exited',
  exit: { code: 1, signal: null, reason: { code: 'BUILD_FAILED', message: 'no' }, lastLines: ['TS2322'] },
};

describe('the reported changes of a build', () => {
  const task = (status: Partial<Status>, target?: number) => snapshot('build:orders', status, target);

  it('are a failure, and the next success, whatever came between', () => {
    const reporter = new ChangeReporter();
    expect(reporter.changesIn(task({ phase: 'starting' }))).toEqual([]);
    expect(reporter.changesIn(task(failure))).toEqual(['build:orders failed: BUILD_FAILED: no\nTS2322']);
    expect(reporter.changesIn(task(failure))).toEqual([]);
    expect(reporter.changesIn(task({ phase: 'starting' }, 2))).toEqual([]);
    expect(reporter.changesIn(task({ phase: 'idle', completed: 2 }, 2))).toEqual(['orders builds again']);
    expect(reporter.changesIn(task({ phase: 'idle', completed: 2 }, 2))).toEqual([]);
  });

  it('are none if it succeeds at once', () => {
    const reporter = new ChangeReporter();
    reporter.changesIn(task({ phase: 'starting' }));
    expect(reporter.changesIn(task({ phase: 'idle', completed: 1 }))).toEqual([]);
  });

  it('include a success after a failure that was not seen', () => {
    const reporter = new ChangeReporter();
    expect(reporter.changesIn(task(failure))).toEqual([]);
    expect(reporter.changesIn(task({ completed: 1 }))).toEqual(['orders builds again']);
  });
});

describe('the reported changes of a service', () => {
  it('are its start, and how it exited', () => {
    const reporter = new ChangeReporter();
    reporter.changesIn(snapshot('orders', { phase: 'starting', spawnedAt: 10 }));
    expect(
      reporter.changesIn(snapshot('orders', { phase: 'ready', spawnedAt: 10, startedAt: 1_240 })),
    ).toEqual(['orders started in 1.2 s']);
    const exit = { code: null, signal: 'SIGKILL' };
    expect(reporter.changesIn(snapshot('orders', { phase: 'exited', exit }))).toEqual([
      'orders exited: killed by SIGKILL',
    ]);
  });
});
