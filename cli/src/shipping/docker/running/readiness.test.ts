import { describe, expect, it } from '@jest/globals';
import { exitText, isUnhealthy, readinessOf } from './readiness.js';
import type { ComposeService } from './compose-model.js';
import type { ContainerView } from './containers.js';

const service = (name: string, ...dependsOn: ComposeService['dependsOn']): ComposeService => ({
  ...{ name, image: name, builds: false, profiles: [], ports: [] },
  dependsOn,
});
const view = (of: string, rest: Partial<ContainerView> = {}): ContainerView => ({
  ...{ id: of, name: `shop-${of}-1`, service: of, image: of, state: 'running', health: 'healthy' },
  ...{ healthSays: '', exitCode: 0, outOfMemory: false, restarts: 0, startedAt: 1, ports: [] },
  ...rest,
});

const services = [
  service('postgres'),
  service('databases', { on: 'postgres', until: 'service_healthy' }),
  service('orders', { on: 'databases', until: 'service_completed_successfully' }),
];
const textOf = (name: string, containers: ContainerView[], scale = {}) =>
  readinessOf({ services, scale }, containers).get(name);

describe('the readiness of a service', () => {
  it('names the dependencies until the service itself has started', () => {
    expect(textOf('orders', [view('orders', { state: 'created', startedAt: 0 })])).toEqual({
      state: 'pending',
      text: 'orders is waiting for databases',
    });
    expect(textOf('orders', [view('orders', { health: 'starting' })])).toEqual({
      state: 'pending',
      text: 'orders is up, not yet healthy',
    });
    expect(textOf('postgres', [])).toEqual({ state: 'pending', text: 'postgres is about to start' });
  });

  it('is done when all containers are healthy', () => {
    const one = view('orders');
    expect(textOf('orders', [one])).toEqual({ state: 'done', text: 'orders is up' });
    expect(textOf('orders', [one], { orders: 2 })?.state).toBe('pending');
    expect(textOf('orders', [one, view('orders')], { orders: 2 })?.text).toBe('orders is up (2 replicas)');
    expect(textOf('orders', [one, view('orders', { health: 'starting' })], { orders: 2 })?.state).toBe(
      'pending',
    );
    expect(textOf('orders', [one, view('orders')])?.state).toBe('pending');
    expect(textOf('orders', [], { orders: 0 })?.state).toBe('done');
  });

  it('of a task is done when it has exited with code 0', () => {
    const task = (rest: Partial<ContainerView>) =>
      textOf('databases', [view('databases', { health: undefined, ...rest })]);
    expect(task({})?.state).toBe('pending');
    expect(task({ state: 'exited' })).toEqual({ state: 'done', text: 'databases is done' });
    expect(task({ state: 'exited', exitCode: 1 })?.state).toBe('failed');
  });

  it('is failed when a container is unhealthy or keeps exiting', () => {
    const sick = view('postgres', { health: 'unhealthy' });
    expect(textOf('postgres', [sick])).toEqual({
      state: 'failed',
      text: 'postgres is unhealthy',
      culprit: sick,
    });
    expect(textOf('postgres', [{ ...sick, state: 'exited' }])?.state).toBe('pending');
    expect(textOf('orders', [view('orders', { health: 'starting', restarts: 9 })])?.state).toBe('pending');
    expect(textOf('orders', [view('orders', { state: 'restarting', restarts: 2 })])?.state).toBe('pending');
    expect(textOf('orders', [view('orders', { state: 'restarting', restarts: 3 })])?.state).toBe('failed');
  });

  it('of an exited container is not unhealthy, although the engine calls it so', () => {
    expect(isUnhealthy(view('orders', { health: 'unhealthy' }))).toBe(true);
    expect(isUnhealthy(view('orders', { health: 'unhealthy', state: 'restarting' }))).toBe(false);
  });

  it('contains how a container exited', () => {
    expect(exitText(view('orders', { exitCode: 78 }))).toBe('exit code 78');
    expect(exitText(view('orders', { exitCode: 137, outOfMemory: true, restarts: 3 }))).toBe(
      'out of memory, 3 restarts',
    );
  });
});
