import { describe, expect, it } from '@jest/globals';
import { desire } from './desire.js';
import { plan } from './plan.js';
import { reduce } from './reduce.js';
import { newStatus } from './resource.js';
import type { Command } from './desire.js';
import type { Event } from './reduce.js';
import type { Resource, World } from './resource.js';

const service = (name: string, rest: Partial<Resource> = {}): Resource => ({
  name,
  kind: 'service',
  needs: [],
  calls: [],
  ...rest,
});
const task = (name: string): Resource => ({ name, kind: 'task', needs: [], calls: [] });

/** A world in which each plan is applied at once; records the actions. */
class TestWorld {
  world: World;
  performed: string[] = [];

  constructor(...resources: Resource[]) {
    this.world = {
      resources: new Map(resources.map((resource) => [resource.name, resource])),
      desired: { wanted: new Set(), revisions: new Map() },
      statuses: new Map(resources.map(({ name }) => [name, newStatus(0)])),
      now: 0,
    };
  }

  command(command: Command): this {
    this.world = { ...this.world, desired: desire(this.world, command) };
    return this.settle();
  }

  receive(event: Event): this {
    this.#apply(event);
    return this.settle();
  }

  at(now: number): this {
    this.world = { ...this.world, now };
    return this.settle();
  }

  settle(): this {
    for (let actions = plan(this.world).actions; actions.length > 0; actions = plan(this.world).actions)
      for (const action of actions) {
        this.performed.push(`${action.kind} ${action.name}`);
        this.#apply(
          action.kind === 'start'
            ? { kind: 'starting', name: action.name, version: action.version }
            : { kind: 'stopping', name: action.name },
        );
      }
    return this;
  }

  actions(): string[] {
    return this.performed.splice(0);
  }

  hold(name: string) {
    return plan(this.world).holds.get(name);
  }

  status(name: string) {
    return this.world.statuses.get(name)!;
  }

  #apply(event: Event): void {
    const next = reduce(this.status(event.name), event, this.world.now);
    this.world = { ...this.world, statuses: new Map(this.world.statuses).set(event.name, next) };
  }
}

const up = (name: string): Event => ({
  kind: 'probed',
  name,
  health: { started: true, ready: true, degraded: false, checks: [] },
});
const crash = (name: string, signal: string | null = null): Event => ({
  kind: 'exited',
  name,
  exit: { code: signal ? null : 1, signal },
});

describe('plan', () => {
  it('starts everything at once that does not need the others first', () => {
    const test = new TestWorld(
      service('kafka'),
      service('orders', { needs: [{ on: 'kafka', until: 'wanted' }] }),
      service('gateway', { calls: ['orders'] }),
    );
    test.command({ kind: 'start', names: ['gateway'] });
    expect(test.actions()).toEqual(['start kafka', 'start orders', 'start gateway']);
  });

  it('stops the broker after the services that use it', () => {
    const test = new TestWorld(
      service('kafka'),
      service('orders', { needs: [{ on: 'kafka', until: 'wanted' }] }),
    );
    test.command({ kind: 'start', names: ['orders'] }).actions();
    test.command({ kind: 'shutdown' });
    expect(test.actions()).toEqual(['stop orders']);
    expect(test.hold('kafka')).toEqual({ kind: 'needed-by', name: 'orders' });
    test.receive(crash('orders', 'SIGTERM'));
    expect(test.actions()).toEqual(['stop kafka']);
  });

  it('stops only the broker if that was requested, although services are up', () => {
    const test = new TestWorld(
      service('kafka'),
      service('orders', { needs: [{ on: 'kafka', until: 'wanted' }] }),
    );
    test.command({ kind: 'start', names: ['orders'] }).actions();
    test.command({ kind: 'stop', names: ['kafka'] });
    expect(test.actions()).toEqual(['stop kafka']);
  });

  it('says why a service has not started: a resource that it needs, or one of its own checks', () => {
    const test = new TestWorld(service('orders')).command({ kind: 'start', names: ['orders'] });
    const reason = 'port 50053 is in use by a connection that is closing';
    test.receive({ kind: 'delayed', name: 'orders', reason });
    expect(test.hold('orders')).toEqual({ kind: 'delayed', reason });
    test.receive({ kind: 'delayed', name: 'orders', reason: undefined });
    expect(test.hold('orders')).toEqual({ kind: 'silent' });
    const check = { name: 'consumer', ok: false, reason: 'ECONNREFUSED', waitingFor: 'kafka' };
    const health = { started: false, ready: true, degraded: true, checks: [check] };
    test.receive({ kind: 'probed', name: 'orders', health });
    expect(test.hold('orders')).toEqual({ kind: 'check', check: { ...check, since: 0 } });
    expect(test.receive(up('orders')).hold('orders')).toBeUndefined();
  });

  it('backs off from a crash at start, then gives up and says so', () => {
    const test = new TestWorld(service('orders')).command({ kind: 'start', names: ['orders'] });
    test.receive(crash('orders'));
    expect(test.hold('orders')).toMatchObject({ kind: 'back-off', retryAt: 100, crashes: 1 });
    test.at(100).receive(crash('orders')).at(300);
    expect(test.actions()).toEqual(['start orders', 'start orders', 'start orders']);
    test.receive(crash('orders')).at(1e9);
    expect(test.hold('orders')).toMatchObject({ kind: 'gave-up', crashes: 3, exit: { code: 1 } });
    test.actions();
    test.command({ kind: 'start', names: ['orders'] });
    expect(test.actions()).toEqual(['start orders']);
  });

  it('forgives crashes only after a stable run', () => {
    const test = new TestWorld(service('orders')).command({ kind: 'start', names: ['orders'] });
    test.receive(up('orders')).receive(crash('orders')).at(100).receive(up('orders')).at(5_000);
    test.receive(crash('orders'));
    expect(test.status('orders').crashes).toBe(2);
    test.at(5_200).receive(up('orders')).at(10_200).receive(crash('orders'));
    expect(test.status('orders').crashes).toBe(1);
  });

  it('never gives up a process that is killed from outside', () => {
    const test = new TestWorld(service('orders')).command({ kind: 'start', names: ['orders'] });
    for (let kill = 1; kill <= 20; kill++) test.receive(crash('orders', 'SIGKILL')).at(kill * 10_000);
    expect(test.status('orders')).toMatchObject({ phase: 'starting', gaveUp: false });
  });

  it('restarts a service when its build completes, not when it fails', () => {
    const built = [{ on: 'build', until: 'completed' as const }];
    const test = new TestWorld(task('build'), service('orders', { needs: built }));
    test.command({ kind: 'start', names: ['orders'] });
    expect(test.actions()).toEqual(['start build']);
    expect(test.hold('orders')).toEqual({ kind: 'needs', on: 'build', until: 'completed' });
    test.receive({ kind: 'completed', name: 'build', version: 1, changed: true }).receive(up('orders'));
    expect(test.actions()).toEqual(['start orders']);

    test.command({ kind: 'edited', names: ['build'] });
    test.receive({ kind: 'failed', name: 'build', exit: { code: 1, signal: null } });
    expect(test.actions()).toEqual(['start build']);
    expect(test.hold('build')).toMatchObject({ kind: 'gave-up' });
    expect(test.status('orders').phase).toBe('ready');

    test.command({ kind: 'edited', names: ['build'] });
    test.receive({ kind: 'completed', name: 'build', version: 3, changed: true });
    expect(test.actions()).toEqual(['start build', 'stop orders']);
    test.receive(crash('orders', 'SIGTERM'));
    expect(test.actions()).toEqual(['start orders']);
  });

  it('does not restart a service whose build changed nothing', () => {
    const built = [{ on: 'build', until: 'completed' as const }];
    const test = new TestWorld(task('build'), service('orders', { needs: built }));
    test.command({ kind: 'start', names: ['orders'] });
    test.receive({ kind: 'completed', name: 'build', version: 1, changed: false }).receive(up('orders'));
    test.command({ kind: 'edited', names: ['build'] });
    test.receive({ kind: 'completed', name: 'build', version: 2, changed: false });
    expect(test.actions()).toEqual(['start build', 'start orders', 'start build']);
  });

  it('builds again after an edit during the build, and restarts the service once', () => {
    const built = [{ on: 'build', until: 'completed' as const }];
    const test = new TestWorld(task('build'), service('orders', { needs: built }));
    test.command({ kind: 'start', names: ['orders'] });
    test
      .receive({ kind: 'completed', name: 'build', version: 1, changed: true })
      .receive(up('orders'))
      .actions();
    test.command({ kind: 'edited', names: ['build'] }).command({ kind: 'edited', names: ['build'] });
    test.receive({ kind: 'completed', name: 'build', version: 2, changed: true });
    expect(test.actions()).toEqual(['start build', 'start build']);
    test.receive({ kind: 'completed', name: 'build', version: 3, changed: true });
    expect(test.actions()).toEqual(['stop orders']);
  });

  it('rebuilds what is stale on another start, and restarts the service only if the build changed', () => {
    const built = [{ on: 'build', until: 'completed' as const }];
    const test = new TestWorld(task('build'), service('orders', { needs: built }));
    test.command({ kind: 'start', names: ['orders'] });
    test
      .receive({ kind: 'completed', name: 'build', version: 1, changed: true })
      .receive(up('orders'))
      .actions();
    test.command({ kind: 'start', names: ['orders'], completed: ['build'] });
    expect(test.actions()).toEqual([]);
    test.command({ kind: 'start', names: ['orders'] });
    test.receive({ kind: 'completed', name: 'build', version: 2, changed: false });
    expect(test.actions()).toEqual(['start build']);
    test.command({ kind: 'start', names: ['orders'] });
    test.receive({ kind: 'completed', name: 'build', version: 3, changed: true });
    expect(test.actions()).toEqual(['start build', 'stop orders']);
  });

  it('restarts a requested service that runs an outdated program', () => {
    const test = new TestWorld(service('orders'), service('users'));
    test
      .command({ kind: 'start', names: ['orders', 'users'] })
      .receive(up('orders'))
      .receive(up('users'))
      .actions();
    test.command({ kind: 'start', names: ['orders'], outdated: ['orders', 'users'] });
    expect(test.actions()).toEqual(['stop orders']);
    test.receive(crash('orders', 'SIGTERM'));
    expect(test.actions()).toEqual(['start orders']);
  });

  it('counts unexpected exits of a service, not requested ones', () => {
    const test = new TestWorld(service('orders')).command({ kind: 'start', names: ['orders'] });
    test.receive(up('orders')).receive(crash('orders', 'SIGKILL')).at(1_000).receive(up('orders'));
    test.command({ kind: 'restart', names: ['orders'] }).receive(crash('orders', 'SIGTERM'));
    expect(test.status('orders')).toMatchObject({ phase: 'starting', restarts: 1 });
  });
});
