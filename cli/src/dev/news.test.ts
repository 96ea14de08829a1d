import { describe, expect, it } from '@jest/globals';
import { newStatus } from '../engine/resource.js';
import { News } from './news.js';
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

describe('the news of a build', () => {
  const task = (status: Partial<Status>, target?: number) => snapshot('build:orders', status, target);

  it('are a failure, and that it is well again, whatever came between', () => {
    const news = new News();
    expect(news.of(task({ phase: 'starting' }))).toEqual([]);
    expect(news.of(task(failure))).toEqual(['build:orders failed: BUILD_FAILED: no\nTS2322']);
    expect(news.of(task(failure))).toEqual([]);
    expect(news.of(task({ phase: 'starting' }, 2))).toEqual([]);
    expect(news.of(task({ phase: 'idle', completed: 2 }, 2))).toEqual(['orders builds again']);
    expect(news.of(task({ phase: 'idle', completed: 2 }, 2))).toEqual([]);
  });

  it('are nothing when it only succeeds', () => {
    const news = new News();
    news.of(task({ phase: 'starting' }));
    expect(news.of(task({ phase: 'idle', completed: 1 }))).toEqual([]);
  });

  it('are that it is well again also to whoever comes when it has failed', () => {
    const news = new News();
    expect(news.of(task(failure))).toEqual([]);
    expect(news.of(task({ completed: 1 }))).toEqual(['orders builds again']);
  });
});

describe('the news of a service', () => {
  it('are how it ended, and that it has started', () => {
    const news = new News();
    news.of(snapshot('orders', { phase: 'starting', spawnedAt: 10 }));
    expect(news.of(snapshot('orders', { phase: 'ready', spawnedAt: 10, startedAt: 1_240 }))).toEqual([
      'orders started in 1.2 s',
    ]);
    const exit = { code: null, signal: 'SIGKILL' };
    expect(news.of(snapshot('orders', { phase: 'exited', exit }))).toEqual([
      'orders ended: killed by SIGKILL',
    ]);
  });
});
