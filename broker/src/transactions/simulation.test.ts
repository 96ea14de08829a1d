import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { PARTITIONS, Simulation, TIMEOUT_MS } from './simulation.fixture.js';

type Action = (simulation: Simulation) => void;

/** An action of one of the latest clients; the older ones are zombies. */
const ofClient = (age: number, act: (client: Simulation['clients'][number]) => void): Action => {
  return ({ clients }) => {
    const client = clients.at(-1 - age);
    if (client) act(client);
  };
};

const age = fc.nat({ max: 2 });
const actions: fc.Arbitrary<Action> = fc.oneof(
  {
    weight: 1,
    arbitrary: fc.constantFrom(0, 2).map(
      (version): Action =>
        (s) =>
          s.start(version),
    ),
  },
  {
    weight: 5,
    arbitrary: fc.tuple(age, fc.nat({ max: PARTITIONS - 1 })).map(
      ([a, index]): Action =>
        (s) =>
          ofClient(a, (client) => s.write(client, index))(s),
    ),
  },
  {
    weight: 3,
    arbitrary: fc.tuple(age, fc.boolean()).map(
      ([a, committed]): Action =>
        (s) =>
          ofClient(a, (client) => s.end(client, committed))(s),
    ),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(fc.boolean(), fc.nat({ max: PARTITIONS })).map(([committed, written]): Action => {
      return (s) => ofClient(0, (client) => s.endWithCrash(client, committed, written))(s);
    }),
  },
  {
    weight: 1,
    arbitrary: fc.nat({ max: 2 * TIMEOUT_MS }).map(
      (time): Action =>
        (s) =>
          s.pass(time),
    ),
  },
);

describe('transactions with zombies, timeouts and crashes', () => {
  it('are all or nothing, as their clients were told', () => {
    fc.assert(
      fc.property(fc.array(actions, { maxLength: 60, size: 'max' }), (steps) => {
        const simulation = new Simulation();
        for (const act of steps) act(simulation);
        simulation.start(2);
        const visible = simulation.logs.map((_, index) => simulation.committedIn(index));
        for (const [number, outcome] of simulation.outcomes.entries()) {
          const written = simulation.logs.map((log) => log.filter((e) => e.transaction === number).length);
          const seen = visible.map((numbers) => numbers.filter((n) => n === number).length);
          const isVisible = seen.some((count) => count > 0);
          expect(seen).toEqual(isVisible ? written : written.map(() => 0));
          if (outcome === 'committed') expect(isVisible).toBe(true);
          if (outcome === 'aborted' || outcome === 'open') expect(isVisible).toBe(false);
        }
      }),
    );
  });

  it('are committed in most runs: the property is not empty', () => {
    const simulation = new Simulation();
    for (const version of [0, 2]) {
      simulation.start(version);
      simulation.write(simulation.clients.at(-1)!, 0);
      simulation.end(simulation.clients.at(-1)!, true);
    }
    expect(simulation.committedIn(0)).toEqual([0, 1]);
  });
});
