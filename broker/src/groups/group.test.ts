import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import { ErrorCode } from '../wire/error-code.js';
import { chooseProtocol, type Member } from './group.js';
import { Consumer, PARTITIONS, SESSION_TIMEOUT_MS, Simulation } from './simulation.fixture.js';
import { restoredGroup, storedGroup } from './stored-group.js';

const running = ({ consumers }: Simulation): Consumer[] => consumers.filter(({ isRunning }) => isRunning);

const expectSettled = (simulation: Simulation): void => {
  const { group, answers, violations } = simulation;
  const alive = running(simulation);
  expect(violations).toEqual([]);
  expect(group.phase).toBe(alive.length === 0 ? 'Empty' : 'Stable');
  expect([...group.members.keys()].sort()).toEqual(alive.map(({ memberId }) => memberId).sort());
  expect(new Set(alive.map(({ generation }) => generation)).size).toBeLessThanOrEqual(1);
  const owned = alive.flatMap((consumer) => consumer.owned ?? []);
  expect(owned.sort()).toEqual(alive.length === 0 ? [] : Array.from({ length: PARTITIONS }, (_, i) => i));
  for (const replies of answers.values()) expect(replies.length).toBeLessThanOrEqual(1);
  if (alive.length > 0) expect(group.members.has(group.leader!)).toBe(true);
};

describe('a consumer group', () => {
  it('assigns all partitions to a single consumer at once', () => {
    const simulation = new Simulation();
    simulation.start();
    expectSettled(simulation);
    expect(simulation.now).toBe(0);
  });

  it('asks a new member to rejoin with its id', () => {
    const simulation = new Simulation();
    simulation.start();
    const [first, second] = [...simulation.answers.values()].flat();
    expect([first!.error, second!.error]).toEqual([ErrorCode.MEMBER_ID_REQUIRED, ErrorCode.NONE]);
  });

  it('rebalances when a member joins, leaves or times out', () => {
    const simulation = new Simulation();
    const first = simulation.start();
    simulation.start();
    simulation.advance(SESSION_TIMEOUT_MS);
    expectSettled(simulation);
    expect(first.owned).toHaveLength(PARTITIONS / 2);
    simulation.leave(first);
    simulation.advance(SESSION_TIMEOUT_MS);
    expectSettled(simulation);
    simulation.crash(simulation.start());
    simulation.advance(4 * SESSION_TIMEOUT_MS);
    expectSettled(simulation);
  });

  it('accepts offsets only from members of the current generation, or from outside while it has no members', () => {
    const simulation = new Simulation();
    const outsider = new Consumer('outsider', null);
    expect(simulation.commit(outsider, -1)).toBe(ErrorCode.NONE);
    const member = simulation.start();
    expect(simulation.commit(member, member.generation)).toBe(ErrorCode.NONE);
    expect(simulation.commit(member, member.generation - 1)).toBe(ErrorCode.ILLEGAL_GENERATION);
    expect(simulation.commit(outsider, -1)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    const nonMember = Object.assign(new Consumer('other', null), { memberId: 'other' });
    expect(simulation.commit(nonMember, member.generation)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    simulation.leave(member);
    expect(simulation.commit(member, member.generation)).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
    expect(simulation.commit(member, -1)).toBe(ErrorCode.NONE);
  });

  it('keeps the assignment of a static member across its restart, and fences its former instance', () => {
    const simulation = new Simulation();
    simulation.start();
    const before = simulation.start('here');
    simulation.advance(SESSION_TIMEOUT_MS);
    const { generation } = simulation.group;
    const after = simulation.start('here');
    expect(simulation.group.generation).toBe(generation);
    expect(after.owned).toEqual(before.owned);
    simulation.advance(SESSION_TIMEOUT_MS);
    expect(before.isRunning).toBe(false);
    expectSettled(simulation);
  });

  it('stays as it is when a static member comes back with other metadata, but the same protocol', () => {
    const simulation = new Simulation();
    simulation.start('here');
    const { generation } = simulation.group;
    simulation.metadata = 'other topic';
    simulation.start('here');
    expect(simulation.group).toMatchObject({ phase: 'Stable', generation });
  });

  it('waits for further members before its first rebalance, for as long as they keep coming', () => {
    const simulation = new Simulation();
    simulation.initialDelayMs = 500;
    simulation.start();
    simulation.advance(400);
    simulation.start();
    simulation.advance(400);
    expect(simulation.group).toMatchObject({ phase: 'PreparingRebalance', generation: 0 });
    simulation.advance(200);
    expect(simulation.group).toMatchObject({ phase: 'Stable', generation: 1 });
    expectSettled(simulation);
    simulation.start();
    simulation.advance(SESSION_TIMEOUT_MS);
    expect(simulation.group).toMatchObject({ phase: 'Stable', generation: 2 });
  });

  it('waits for further members no longer than a rebalance may take', () => {
    const simulation = new Simulation();
    simulation.initialDelayMs = 500;
    for (let started = 0; simulation.now < 2900; started++) {
      simulation.start();
      simulation.advance(100);
    }
    expect(simulation.group.generation).toBe(0);
    simulation.advance(200);
    expect(simulation.group.generation).toBe(1);
  });

  it('does not wait for further members that have left', () => {
    const simulation = new Simulation();
    simulation.initialDelayMs = 500;
    simulation.leave(simulation.start());
    simulation.advance(500);
    expectSettled(simulation);
  });

  it('chooses the protocol that most members prefer among those that all support', () => {
    const member = (...names: string[]) =>
      ({ protocols: names.map((name) => ({ name, metadata: Buffer.alloc(0) })) }) as unknown as Member;
    expect(chooseProtocol([member('a', 'b'), member('b', 'a'), member('b', 'a', 'c')])).toBe('b');
    expect(chooseProtocol([member('a', 'b'), member('b')])).toBe('b');
    expect(chooseProtocol([member('a'), member('b')])).toBeUndefined();
  });

  it('continues from its stored state without a rebalance', () => {
    const simulation = new Simulation();
    simulation.start();
    simulation.start('here');
    simulation.advance(SESSION_TIMEOUT_MS);
    const { generation } = simulation.group;
    simulation.group = restoredGroup(
      JSON.parse(JSON.stringify(storedGroup(simulation.group))),
      simulation.now,
    );
    simulation.advance(5 * SESSION_TIMEOUT_MS);
    expect(simulation.group.generation).toBe(generation);
    expectSettled(simulation);
  });

  it('always settles with one generation, one leader, and one owner for every partition', () => {
    const action = fc.oneof(
      { weight: 3, arbitrary: fc.constant(['start'] as const) },
      { weight: 1, arbitrary: fc.tuple(fc.constant('static' as const), fc.nat(1)) },
      { weight: 2, arbitrary: fc.tuple(fc.constantFrom('crash', 'leave', 'rejoin'), fc.nat(9)) },
      { weight: 3, arbitrary: fc.tuple(fc.constant('advance' as const), fc.nat(1500)) },
    );
    fc.assert(
      fc.property(fc.array(action, { maxLength: 25 }), fc.constantFrom(0, 400), (actions, delay) => {
        const simulation = new Simulation();
        simulation.initialDelayMs = delay;
        for (const [what, which = 0] of actions) {
          const chosen = running(simulation)[which % (running(simulation).length || 1)];
          if (what === 'start') simulation.start();
          else if (what === 'static') simulation.start(`static-${which}`);
          else if (what === 'advance') simulation.advance(which);
          else if (chosen && what === 'crash') simulation.crash(chosen);
          else if (chosen?.memberId && what === 'leave') simulation.leave(chosen);
          else if (chosen?.owned && what === 'rejoin') simulation.join(chosen);
        }
        simulation.advance(20_000);
        expectSettled(simulation);
      }),
      { numRuns: 300 },
    );
  });
});
