import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ErrorCode } from '../../wire/error-code.js';
import { stateOf } from './consumer-group.js';
import {
  ConsumerSimulation,
  SESSION_TIMEOUT_MS,
  type ModernConsumer,
} from './consumer-simulation.fixture.js';

const running = ({ consumers }: ConsumerSimulation): ModernConsumer[] =>
  consumers.filter(({ isRunning }) => isRunning);

/** Every subscribed partition has exactly one owner, and the group says so. */
const expectSettled = (simulation: ConsumerSimulation): void => {
  const { group, violations, topics } = simulation;
  const alive = running(simulation);
  expect(violations).toEqual([]);
  expect(stateOf(group)).toBe(alive.length === 0 ? 'Empty' : 'Stable');
  expect([...group.members.keys()].sort()).toEqual(alive.map(({ memberId }) => memberId).sort());
  const subscribed = [...topics].filter(([name]) =>
    alive.some(({ topicNames }) => topicNames.includes(name)),
  );
  const owned = alive.flatMap((consumer) => [...consumer.owned]);
  expect(new Set(owned).size).toBe(owned.length);
  expect(owned).toHaveLength(subscribed.reduce((sum, [, count]) => sum + count, 0));
  for (const { epoch } of alive) expect(epoch).toBe(group.epoch);
};

describe('a group of the consumer protocol', () => {
  it('gives everything to a single member at once', () => {
    const simulation = new ConsumerSimulation();
    const only = simulation.start();
    expect(only.owned.size).toBe(6);
    expect(simulation.now).toBe(0);
    expectSettled(simulation);
  });

  it('gives a partition to another member only when the first has given it up', () => {
    const simulation = new ConsumerSimulation();
    const first = simulation.start();
    const second = simulation.start();
    expect([first.owned.size, second.owned.size]).toEqual([6, 0]);
    simulation.advance(5000);
    expect([first.owned.size, second.owned.size]).toEqual([3, 0]);
    simulation.advance(10_000);
    expect([first.owned.size, second.owned.size]).toEqual([3, 3]);
    expectSettled(simulation);
  });

  it('is not assigned again within its interval, which only its first assignment does not wait for', () => {
    const simulation = new ConsumerSimulation();
    simulation.limits = { ...simulation.limits, assignmentIntervalMs: 12_000 };
    const first = simulation.start();
    expect(first.owned.size).toBe(6);
    const second = simulation.start();
    const third = simulation.start();
    expect(stateOf(simulation.group)).toBe('Assigning');
    simulation.advance(11_000);
    expect([first.owned.size, second.epoch, simulation.group.assignmentEpoch]).toEqual([
      6,
      first.epoch,
      first.epoch,
    ]);
    simulation.settle();
    expect([first, second, third].map(({ owned }) => owned.size)).toEqual([2, 2, 2]);
    expect(simulation.group.assignmentEpoch).toBe(simulation.group.epoch);
    expectSettled(simulation);
  });

  it('has a member give up what it no longer subscribes to before it is assigned again', () => {
    const simulation = new ConsumerSimulation();
    simulation.limits = { ...simulation.limits, assignmentIntervalMs: 60_000 };
    const member = simulation.start({ topics: ['a', 'b'] });
    expect(member.owned.size).toBe(9);
    member.topicNames = ['b'];
    simulation.advance(10_000);
    expect(stateOf(simulation.group)).toBe('Assigning');
    expect(member.owned.size).toBe(3);
    simulation.settle();
    expectSettled(simulation);
  });

  it('removes a member that does not give up its partitions within its rebalance timeout', () => {
    const simulation = new ConsumerSimulation();
    const stuck = simulation.start();
    stuck.isStuck = true;
    const second = simulation.start();
    simulation.advance(35_000);
    expect(simulation.refusals).toContain(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(second.owned.size).toBeGreaterThanOrEqual(3);
  });

  it('removes a member whose session expires', () => {
    const simulation = new ConsumerSimulation();
    const first = simulation.start();
    const second = simulation.start();
    simulation.settle();
    simulation.crash(first);
    simulation.advance(SESSION_TIMEOUT_MS - 6000);
    expect(second.owned.size).toBe(3);
    simulation.advance(12_000);
    expect(second.owned.size).toBe(6);
    expectSettled(simulation);
  });

  it('keeps the partitions of a static member that comes back in time', () => {
    const simulation = new ConsumerSimulation();
    const before = simulation.start({ instanceId: 'here' });
    const other = simulation.start();
    simulation.settle();
    const { epoch } = simulation.group;
    const partitions = [...before.owned];
    simulation.leave(before);
    simulation.advance(20_000);
    expect(other.owned.size).toBe(3);
    const after = simulation.start({ instanceId: 'here' });
    expect([...after.owned]).toEqual(partitions);
    expect(simulation.group.epoch).toBe(epoch);
    expectSettled(simulation);
  });

  it('gives the partitions of a static member away when it does not come back', () => {
    const simulation = new ConsumerSimulation();
    const gone = simulation.start({ instanceId: 'here' });
    const other = simulation.start();
    simulation.settle();
    simulation.leave(gone);
    simulation.advance(SESSION_TIMEOUT_MS + 6000);
    expect(other.owned.size).toBe(6);
  });

  it('refuses a second consumer with the instance id of a running one', () => {
    const simulation = new ConsumerSimulation();
    simulation.start({ instanceId: 'here' });
    simulation.start({ instanceId: 'here' });
    expect(simulation.refusals).toEqual([ErrorCode.UNRELEASED_INSTANCE_ID]);
  });

  it('notices topics that are created, deleted or given more partitions', () => {
    const simulation = new ConsumerSimulation();
    const consumer = simulation.start({ topics: ['a', 'b', 'c'] });
    expect(consumer.owned.size).toBe(9);
    simulation.topics.set('c', 2);
    simulation.advance(5000);
    expect(consumer.owned.size).toBe(11);
    simulation.topics.set('b', 5);
    simulation.advance(5000);
    expect(consumer.owned.size).toBe(13);
    simulation.deleteTopic('a');
    simulation.advance(10_000);
    expect(consumer.owned.size).toBe(7);
    simulation.topics.set('a', 1);
    simulation.settle();
    expectSettled(simulation);
    expect(consumer.owned).toContain('a1/0');
  });

  it('accepts the previous epoch of a member that did not receive the answer', () => {
    const simulation = new ConsumerSimulation();
    const first = simulation.start();
    const { epoch } = first;
    simulation.start();
    simulation.advance(5000);
    simulation.advance(5000);
    expect(first.epoch).toBe(epoch + 1);
    first.epoch = epoch;
    simulation.advance(5000);
    expect(simulation.refusals).toEqual([]);
    first.epoch = epoch + 2;
    simulation.advance(5000);
    expect(simulation.refusals).toEqual([ErrorCode.FENCED_MEMBER_EPOCH]);
  });

  it('continues from its stored state, also in the middle of a rebalance', () => {
    const simulation = new ConsumerSimulation();
    simulation.start();
    simulation.start({ instanceId: 'here', topics: ['a', 'b'] });
    simulation.advance(5000);
    const before = simulation.group;
    simulation.restart();
    expect(simulation.group).toEqual({
      ...before,
      assignedAt: -Infinity,
      sessions: expect.anything(),
      members: new Map(
        [...before.members].map(([id, member]) => [id, { ...member, revokeBy: expect.any(Number) }]),
      ),
    });
    simulation.settle();
    expect(simulation.refusals).toEqual([]);
    expectSettled(simulation);
  });

  it('always settles, and never lets two members have a partition', () => {
    const action = fc.oneof(
      { weight: 4, arbitrary: fc.record({ kind: fc.constant('start' as const), by: fc.nat(7) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('crash' as const), by: fc.nat(9) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('leave' as const), by: fc.nat(9) }) },
      { weight: 2, arbitrary: fc.record({ kind: fc.constant('topic' as const), by: fc.nat(8) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('lose' as const), by: fc.nat(1) }) },
      { weight: 1, arbitrary: fc.record({ kind: fc.constant('restart' as const), by: fc.nat(1) }) },
      { weight: 5, arbitrary: fc.record({ kind: fc.constant('wait' as const), by: fc.nat(60_000) }) },
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 40 }), fc.constantFrom(0, 7000), (actions, interval) => {
        const simulation = new ConsumerSimulation();
        simulation.limits = { ...simulation.limits, assignmentIntervalMs: interval };
        for (const { kind, by } of actions) perform(simulation, kind, by);
        simulation.settle();
        expectSettled(simulation);
      }),
      { numRuns: 300 },
    );
  });
});

const perform = (simulation: ConsumerSimulation, kind: string, by: number): void => {
  const alive = running(simulation);
  const chosen = alive[by % Math.max(alive.length, 1)];
  if (kind === 'start') startOne(simulation, by);
  if (kind === 'crash' && chosen) simulation.crash(chosen);
  if (kind === 'leave' && chosen) simulation.leave(chosen);
  if (kind === 'topic') changeTopic(simulation, by);
  if (kind === 'lose') simulation.isLossy = by === 1;
  if (kind === 'restart') simulation.restart();
  if (kind === 'wait') simulation.advance(by);
};

/** One of two subscriptions, with one of two assignors, now and then with an instance id that is free. */
const startOne = (simulation: ConsumerSimulation, by: number): void => {
  const isTaken = running(simulation).some(({ instanceId }) => instanceId === 'here');
  simulation.start({
    topics: (by & 1) === 0 ? ['a'] : ['a', 'b'],
    assignor: (by & 2) === 0 ? 'uniform' : 'range',
    ...((by & 4) !== 0 && !isTaken && { instanceId: 'here' }),
  });
};

const changeTopic = (simulation: ConsumerSimulation, by: number): void => {
  const name = (by & 1) === 0 ? 'a' : 'b';
  if (by > 6) simulation.deleteTopic(name);
  else simulation.topics.set(name, Math.min((simulation.topics.get(name) ?? 0) + 1, 8));
};
