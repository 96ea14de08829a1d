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

/** A world that obeys: what the plan says is done at once, and its actions are remembered. */
class Bench {
  world: World;
  did: string[] = [];

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

  sees(event: Event): this {
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
        this.did.push(`${action.kind} ${action.name}`);
        this.#apply(
          action.kind === 'start'
            ? { kind: 'starting', name: action.name, version: action.version }
            : { kind: 'stopping', name: action.name },
        );
      }
    return this;
  }

  took(): string[] {
    return this.did.splice(0);
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
  it('starts everything that only wants the others to run along, at once', () => {
    const bench = new Bench(
      service('kafka'),
      service('orders', { needs: [{ on: 'kafka', until: 'wanted' }] }),
      service('gateway', { calls: ['orders'] }),
    );
    bench.command({ kind: 'start', names: ['gateway'] });
    expect(bench.took()).toEqual(['start kafka', 'start orders', 'start gateway']);
  });

  it('ends the broker after those that use it', () => {
    const bench = new Bench(
      service('kafka'),
      service('orders', { needs: [{ on: 'kafka', until: 'wanted' }] }),
    );
    bench.command({ kind: 'start', names: ['orders'] }).took();
    bench.command({ kind: 'shutdown' });
    expect(bench.took()).toEqual(['stop orders']);
    expect(bench.hold('kafka')).toEqual({ kind: 'needed-by', name: 'orders' });
    bench.sees(crash('orders', 'SIGTERM'));
    expect(bench.took()).toEqual(['stop kafka']);
  });

  it('stops the broker alone when told so, though services are up', () => {
    const bench = new Bench(
      service('kafka'),
      service('orders', { needs: [{ on: 'kafka', until: 'wanted' }] }),
    );
    bench.command({ kind: 'start', names: ['orders'] }).took();
    bench.command({ kind: 'stop', names: ['kafka'] });
    expect(bench.took()).toEqual(['stop kafka']);
  });

  it('says what keeps a service from being started: what it must be given first, or one of its own checks', () => {
    const bench = new Bench(service('orders')).command({ kind: 'start', names: ['orders'] });
    const reason = 'port 50053 is in use by a connection that is closing';
    bench.sees({ kind: 'delayed', name: 'orders', reason });
    expect(bench.hold('orders')).toEqual({ kind: 'delayed', reason });
    bench.sees({ kind: 'delayed', name: 'orders', reason: undefined });
    expect(bench.hold('orders')).toEqual({ kind: 'silent' });
    const check = { name: 'consumer', ok: false, reason: 'ECONNREFUSED', waitingFor: 'kafka' };
    const health = { started: false, ready: true, degraded: true, checks: [check] };
    bench.sees({ kind: 'probed', name: 'orders', health });
    expect(bench.hold('orders')).toEqual({ kind: 'check', check });
    expect(bench.sees(up('orders')).hold('orders')).toBeUndefined();
  });

  it('backs off from a crash at start, then gives up and says so', () => {
    const bench = new Bench(service('orders')).command({ kind: 'start', names: ['orders'] });
    bench.sees(crash('orders'));
    expect(bench.hold('orders')).toMatchObject({ kind: 'back-off', retryAt: 100, crashes: 1 });
    bench.at(100).sees(crash('orders')).at(300);
    expect(bench.took()).toEqual(['start orders', 'start orders', 'start orders']);
    bench.sees(crash('orders')).at(1e9);
    expect(bench.hold('orders')).toMatchObject({ kind: 'gave-up', crashes: 3, exit: { code: 1 } });
    bench.took();
    bench.command({ kind: 'start', names: ['orders'] });
    expect(bench.took()).toEqual(['start orders']);
  });

  it('forgives crashes only after a stable run', () => {
    const bench = new Bench(service('orders')).command({ kind: 'start', names: ['orders'] });
    bench.sees(up('orders')).sees(crash('orders')).at(100).sees(up('orders')).at(5_000);
    bench.sees(crash('orders'));
    expect(bench.status('orders').crashes).toBe(2);
    bench.at(5_200).sees(up('orders')).at(10_200).sees(crash('orders'));
    expect(bench.status('orders').crashes).toBe(1);
  });

  it('never gives up what somebody else kills', () => {
    const bench = new Bench(service('orders')).command({ kind: 'start', names: ['orders'] });
    for (let kill = 1; kill <= 20; kill++) bench.sees(crash('orders', 'SIGKILL')).at(kill * 10_000);
    expect(bench.status('orders')).toMatchObject({ phase: 'starting', gaveUp: false });
  });

  it('restarts a service when its build completes, not when it fails', () => {
    const built = [{ on: 'build', until: 'completed' as const }];
    const bench = new Bench(task('build'), service('orders', { needs: built }));
    bench.command({ kind: 'start', names: ['orders'] });
    expect(bench.took()).toEqual(['start build']);
    expect(bench.hold('orders')).toEqual({ kind: 'needs', on: 'build', until: 'completed' });
    bench.sees({ kind: 'completed', name: 'build', version: 1, changed: true }).sees(up('orders'));
    expect(bench.took()).toEqual(['start orders']);

    bench.command({ kind: 'edited', names: ['build'] });
    bench.sees({ kind: 'failed', name: 'build', exit: { code: 1, signal: null } });
    expect(bench.took()).toEqual(['start build']);
    expect(bench.hold('build')).toMatchObject({ kind: 'gave-up' });
    expect(bench.status('orders').phase).toBe('ready');

    bench.command({ kind: 'edited', names: ['build'] });
    bench.sees({ kind: 'completed', name: 'build', version: 3, changed: true });
    expect(bench.took()).toEqual(['start build', 'stop orders']);
    bench.sees(crash('orders', 'SIGTERM'));
    expect(bench.took()).toEqual(['start orders']);
  });

  it('leaves a service alone when its build changed nothing', () => {
    const built = [{ on: 'build', until: 'completed' as const }];
    const bench = new Bench(task('build'), service('orders', { needs: built }));
    bench.command({ kind: 'start', names: ['orders'] });
    bench.sees({ kind: 'completed', name: 'build', version: 1, changed: false }).sees(up('orders'));
    bench.command({ kind: 'edited', names: ['build'] });
    bench.sees({ kind: 'completed', name: 'build', version: 2, changed: false });
    expect(bench.took()).toEqual(['start build', 'start orders', 'start build']);
  });

  it('builds once more when edited meanwhile, and restarts the service once', () => {
    const built = [{ on: 'build', until: 'completed' as const }];
    const bench = new Bench(task('build'), service('orders', { needs: built }));
    bench.command({ kind: 'start', names: ['orders'] });
    bench.sees({ kind: 'completed', name: 'build', version: 1, changed: true }).sees(up('orders')).took();
    bench.command({ kind: 'edited', names: ['build'] }).command({ kind: 'edited', names: ['build'] });
    bench.sees({ kind: 'completed', name: 'build', version: 2, changed: true });
    expect(bench.took()).toEqual(['start build', 'start build']);
    bench.sees({ kind: 'completed', name: 'build', version: 3, changed: true });
    expect(bench.took()).toEqual(['stop orders']);
  });

  it('makes anew what is stale when it is asked for again, and restarts the service only if that made another', () => {
    const built = [{ on: 'build', until: 'completed' as const }];
    const bench = new Bench(task('build'), service('orders', { needs: built }));
    bench.command({ kind: 'start', names: ['orders'] });
    bench.sees({ kind: 'completed', name: 'build', version: 1, changed: true }).sees(up('orders')).took();
    bench.command({ kind: 'start', names: ['orders'], completed: ['build'] });
    expect(bench.took()).toEqual([]);
    bench.command({ kind: 'start', names: ['orders'] });
    bench.sees({ kind: 'completed', name: 'build', version: 2, changed: false });
    expect(bench.took()).toEqual(['start build']);
    bench.command({ kind: 'start', names: ['orders'] });
    bench.sees({ kind: 'completed', name: 'build', version: 3, changed: true });
    expect(bench.took()).toEqual(['start build', 'stop orders']);
  });

  it('restarts what runs another program than it would now, if it is asked for', () => {
    const bench = new Bench(service('orders'), service('users'));
    bench
      .command({ kind: 'start', names: ['orders', 'users'] })
      .sees(up('orders'))
      .sees(up('users'))
      .took();
    bench.command({ kind: 'start', names: ['orders'], outdated: ['orders', 'users'] });
    expect(bench.took()).toEqual(['stop orders']);
    bench.sees(crash('orders', 'SIGTERM'));
    expect(bench.took()).toEqual(['start orders']);
  });

  it('counts how often a service has ended by itself, and not when it was told to', () => {
    const bench = new Bench(service('orders')).command({ kind: 'start', names: ['orders'] });
    bench.sees(up('orders')).sees(crash('orders', 'SIGKILL')).at(1_000).sees(up('orders'));
    bench.command({ kind: 'restart', names: ['orders'] }).sees(crash('orders', 'SIGTERM'));
    expect(bench.status('orders')).toMatchObject({ phase: 'starting', restarts: 1 });
  });
});
