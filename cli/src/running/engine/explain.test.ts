import { describe, expect, it } from '@jest/globals';
import { explain, sentence } from './explain.js';
import { progressOf } from './progress.js';
import { newStatus } from './resource.js';
import type { Check } from './resource.js';
import type { ResourceView, Snapshot } from './snapshot.js';

const view = (name: string, rest: Partial<ResourceView> = {}): ResourceView => ({
  ...newStatus(0),
  ...{
    name,
    kind: 'service',
    driver: 'process',
    wanted: true,
    target: 1,
    version: 1,
    needs: [],
    calls: [],
    ports: [],
  },
  ...rest,
});

const snapshot = (...resources: ResourceView[]): Snapshot => ({
  engine: { pid: 1, startedAt: 0 },
  now: 1_000,
  resources,
});

const consumer: Check = { name: 'consumer', ok: false, reason: 'ECONNREFUSED', waitingFor: 'kafka' };
const waiting = view('orders', { phase: 'running', hold: { kind: 'check', check: consumer } });

describe('the explanation of a state', () => {
  it('goes down to the cause', () => {
    const kafka = view('kafka', { phase: 'starting', hold: { kind: 'silent' } });
    const explanation = explain(snapshot(waiting, kafka), 'orders');
    expect(explanation).toMatchObject({ culprit: 'kafka' });
    expect(sentence(explanation)).toBe(
      'orders is not started: consumer is waiting for kafka (ECONNREFUSED) ← kafka is starting: it does not answer yet',
    );
  });

  it('names a dependency that was stopped, or is not part of the run', () => {
    expect(explain(snapshot(waiting, view('kafka', { wanted: false })), 'orders').chain[1]).toBe(
      'kafka is stopped',
    );
    expect(explain(snapshot(waiting), 'orders').chain[1]).toBe('kafka is not part of this run');
  });

  it('covers a resource that is ready, but degraded', () => {
    const health = { started: true, ready: true, degraded: true, checks: [consumer] };
    const degraded = view('orders', { phase: 'ready', health });
    const { chain } = explain(snapshot(degraded, view('kafka', { phase: 'ready' })), 'orders');
    expect(chain).toEqual([
      'orders is degraded: consumer is waiting for kafka (ECONNREFUSED)',
      'kafka is ready',
    ]);
  });

  it('contains the reason of a resource that was given up', () => {
    const exit = { code: 1, signal: null, reason: { code: 'CONFIG_INVALID', message: 'no KAFKA_BROKERS' } };
    const hold = { kind: 'gave-up', crashes: 3, exit } as const;
    const failed = view('orders', { phase: 'exited', crashes: 3, gaveUp: true, exit, hold });
    expect(sentence(explain(snapshot(failed), 'orders'))).toBe(
      'orders is not started: given up after it crashed 3 times: CONFIG_INVALID: no KAFKA_BROKERS',
    );
  });

  it('mentions a build that fails while the service keeps running, until it succeeds', () => {
    const exit = { code: 1, signal: null, reason: { code: 'BUILD_FAILED', message: 'it does not compile' } };
    const hold = { kind: 'gave-up', crashes: 0, exit } as const;
    const orders = view('orders', { phase: 'ready', needs: [{ on: 'build:orders', until: 'completed' }] });
    const failed = view('build:orders', { kind: 'task', phase: 'exited', gaveUp: true, exit, hold });
    expect(sentence(explain(snapshot(orders, failed), 'orders'))).toBe(
      'orders is ready, but still runs its previous build ← build:orders failed: BUILD_FAILED: it does not compile',
    );
    const done = view('build:orders', { kind: 'task', completed: 1 });
    expect(sentence(explain(snapshot(orders, done), 'orders'))).toBe('orders is ready');
  });

  it('ends even if two resources wait for each other', () => {
    const on = (name: string) => ({ name, ok: false, waitingFor: name });
    const a = view('a', { phase: 'running', hold: { kind: 'check', check: on('b') } });
    const b = view('b', { phase: 'running', hold: { kind: 'check', check: on('a') } });
    expect(explain(snapshot(a, b), 'a').chain).toHaveLength(2);
  });
});

describe('the progress of a start', () => {
  it('fails when a dependency or a build has failed', () => {
    const hold = { kind: 'gave-up', crashes: 3 } as const;
    const kafka = view('kafka', { phase: 'exited', gaveUp: true, hold });
    expect(progressOf(snapshot(waiting, kafka), 'orders')).toEqual({ state: 'failed', culprit: kafka });

    const build = view('build:orders', { kind: 'task', phase: 'exited', gaveUp: true, hold });
    const needs = [{ on: build.name, until: 'completed' as const }];
    const old = view('orders', { phase: 'ready', needs, target: 2 });
    expect(progressOf(snapshot(old, build), 'orders')).toEqual({ state: 'failed', culprit: build });
  });

  it('is pending while a build may produce another version', () => {
    const needs = [{ on: 'build:orders', until: 'completed' as const }];
    const orders = view('orders', { phase: 'ready', needs });
    const build = (completed: number) => view('build:orders', { kind: 'task', target: 2, completed });
    expect(progressOf(snapshot(orders, build(1)), 'orders').state).toBe('pending');
    expect(progressOf(snapshot(orders, build(2)), 'orders').state).toBe('done');
  });

  it('is done when the target version has started, degraded or not', () => {
    expect(progressOf(snapshot(view('orders', { phase: 'started' })), 'orders').state).toBe('done');
    expect(progressOf(snapshot(view('orders', { phase: 'ready', target: 2 })), 'orders').state).toBe(
      'pending',
    );
  });
});
