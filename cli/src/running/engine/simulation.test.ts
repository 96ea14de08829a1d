import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { desire } from './desire.js';
import { plan } from './plan.js';
import { reduce } from './reduce.js';
import { hasStarted, isDown, isUp, newStatus, versionOf } from './resource.js';
import type { Command } from './desire.js';
import type { Event } from './reduce.js';
import type { Resource, Until, World } from './resource.js';

/** Something that happens to the resource at an index: a command, an event, or just the passing of time. */
type Move = { who: number; what: (typeof MOVES)[number] };
const MOVES = [
  'start',
  'stop',
  'restart',
  'edit',
  'shutdown',
  'answer',
  'fall silent',
  'come up',
  'lose readiness',
  'crash',
  'be killed',
  'end',
  'wait',
] as const;
const UNTIL: Until[] = ['wanted', 'running', 'started', 'ready'];

/** Any acyclic system of up to seven resources, every third one a task. */
const systems = fc
  .array(fc.array(fc.option(fc.nat(3), { freq: 3 }), { maxLength: 7 }), { minLength: 1, maxLength: 7 })
  .map((rows) => rows.map((row, index) => resourceOf(index, row.slice(0, index))));

function resourceOf(index: number, row: (number | null)[]): Resource {
  const kind = (i: number): Resource['kind'] => (i % 3 === 0 ? 'task' : 'service');
  const needs = row.flatMap((until, on) =>
    until === null ? [] : [{ on: `r${on}`, until: kind(on) === 'task' ? 'completed' : UNTIL[until]! }],
  ) as Resource['needs'];
  return { name: `r${index}`, kind: kind(index), needs, calls: index > 1 ? ['r1'] : [] };
}

const moves = fc.array(fc.record({ who: fc.nat(6), what: fc.constantFrom(...MOVES) }), { maxLength: 120 });

class Simulation {
  world: World;
  readonly #names: string[];

  constructor(resources: Resource[]) {
    this.#names = resources.map(({ name }) => name);
    this.world = {
      resources: new Map(resources.map((resource) => [resource.name, resource])),
      desired: { wanted: new Set(), revisions: new Map() },
      statuses: new Map(this.#names.map((name) => [name, newStatus(0)])),
      now: 0,
    };
  }

  move({ who, what }: Move): void {
    const name = this.#names[who % this.#names.length]!;
    const names = [name];
    if (what === 'wait') this.world = { ...this.world, now: this.world.now + 1_000 };
    else if (what === 'start' || what === 'stop' || what === 'restart') this.command({ kind: what, names });
    else if (what === 'edit' && this.#resource(name).kind === 'task') this.command({ kind: 'edited', names });
    else if (what === 'shutdown') this.command({ kind: 'shutdown' });
    else this.#trigger(name, what);
  }

  command(command: Command): void {
    this.world = { ...this.world, desired: desire(this.world, command) };
  }

  /** Applies the plan, after checking each action against the rules. */
  applyPlan(): void {
    const { actions, holds } = plan(this.world);
    this.#expectExplained(actions, holds);
    for (const action of actions) {
      if (action.kind === 'start') this.#expectMayStart(action.name);
      else this.#expectMayStop(action.name);
    }
    for (const action of actions)
      this.#apply(
        action.kind === 'start'
          ? { kind: 'starting', name: action.name, version: action.version }
          : { kind: 'stopping', name: action.name },
      );
  }

  /** Everything comes up, completes or stops as it should. */
  succeed(): void {
    this.world = { ...this.world, now: this.world.now + 10_000 };
    for (const name of this.#names) {
      if (this.#status(name).phase === 'stopping') this.#trigger(name, 'end');
      else this.#trigger(name, this.#resource(name).kind === 'task' ? 'end' : 'come up');
    }
  }

  isDone = (): boolean =>
    [...this.world.resources.values()].every((resource) => {
      const status = this.#status(resource.name);
      const current = versionOf(this.world, resource);
      return resource.kind === 'task'
        ? status.completed === current
        : status.phase === 'ready' && status.version === current;
    });

  isAllDown = (): boolean => [...this.world.statuses.values()].every(isDown);

  #trigger(name: string, what: Move['what']): void {
    const { phase, version } = this.#status(name);
    if (isDown(this.#status(name))) return;
    const task = this.#resource(name).kind === 'task';
    const exit = { code: what === 'be killed' ? null : 1, signal: what === 'be killed' ? 'SIGKILL' : null };
    if (what === 'crash' || what === 'be killed' || (what === 'end' && phase === 'stopping'))
      this.#apply({ kind: task ? 'failed' : 'exited', name, exit });
    else if (task && what === 'end')
      this.#apply({ kind: 'completed', name, version, changed: version % 2 === 0 });
    else if (!task && what === 'fall silent') this.#apply({ kind: 'probed', name, health: undefined });
    else if (!task) this.#probe(name, what);
  }

  #probe(name: string, what: Move['what']): void {
    if (what !== 'answer' && what !== 'come up' && what !== 'lose readiness') return;
    const checks = [{ name: 'schema', ok: what === 'come up' }];
    const health = { started: what !== 'answer', ready: what === 'come up', degraded: false, checks };
    this.#apply({ kind: 'probed', name, health });
  }

  #expectMayStart(name: string): void {
    expect(isDown(this.#status(name))).toBe(true);
    expect(this.world.desired.wanted.has(name)).toBe(true);
    for (const { on, until } of this.#resource(name).needs) {
      const other = this.#status(on);
      if (until === 'running') expect(isUp(other) && other.phase !== 'starting').toBe(true);
      if (until === 'started') expect(hasStarted(other)).toBe(true);
      if (until === 'ready') expect(other.phase).toBe('ready');
      if (until === 'completed') expect(other.completed).toBeGreaterThan(0);
    }
  }

  /** Only a change of the desired state stops anything, and dependents stop first. */
  #expectMayStop(name: string): void {
    const { wanted } = this.world.desired;
    const status = this.#status(name);
    expect(isUp(status)).toBe(true);
    if (wanted.has(name)) expect(status.version).toBeLessThan(versionOf(this.world, this.#resource(name)));
    else
      for (const user of this.world.resources.values())
        if (!wanted.has(user.name) && user.needs.some(({ on }) => on === name))
          expect(isDown(this.#status(user.name))).toBe(true);
  }

  /** Every requested resource that is not up is either acted upon now or has a reason. */
  #expectExplained(actions: { name: string }[], holds: Map<string, unknown>): void {
    for (const name of this.world.desired.wanted) {
      const resource = this.#resource(name);
      const { phase, completed } = this.#status(name);
      const arrived =
        resource.kind === 'task' ? completed === versionOf(this.world, resource) : phase === 'ready';
      if (!arrived) expect(holds.has(name) || actions.some((action) => action.name === name)).toBe(true);
    }
  }

  #apply(event: Event): void {
    const next = reduce(this.#status(event.name), event, this.world.now);
    this.world = { ...this.world, statuses: new Map(this.world.statuses).set(event.name, next) };
  }

  #status = (name: string) => this.world.statuses.get(name)!;
  #resource = (name: string) => this.world.resources.get(name)!;
}

const ROUNDS = 60;

describe('the engine, simulated', () => {
  it('follows its rules under any history, and then converges to all up and all down', () => {
    fc.assert(
      fc.property(systems, moves, (resources, history) => {
        const simulation = new Simulation(resources);
        for (const move of history) {
          simulation.move(move);
          simulation.applyPlan();
        }
        simulation.command({ kind: 'restart', names: resources.map(({ name }) => name) });
        for (let round = 0; round < ROUNDS && !simulation.isDone(); round++) {
          simulation.applyPlan();
          simulation.succeed();
        }
        expect(simulation.isDone()).toBe(true);
        simulation.command({ kind: 'shutdown' });
        for (let round = 0; round < ROUNDS && !simulation.isAllDown(); round++) {
          simulation.applyPlan();
          simulation.succeed();
        }
        expect(simulation.isAllDown()).toBe(true);
      }),
      { numRuns: 1_000 },
    );
  });
});
