import { describe, expect, it } from '@jest/globals';
import fc from 'fast-check';
import type { Assignee, Assignment } from './assignment.js';
import { assignors, electAssignor } from './assignor.js';
import { topicIdOf } from './partition-key.js';

const member = (id: string, topics: string[], more: Partial<Assignee> = {}): Assignee => ({
  id,
  instanceId: null,
  topics: new Set(topics),
  previous: new Set(),
  ...more,
});

const plain = (assignment: Assignment) =>
  Object.fromEntries([...assignment].map(([id, keys]) => [id, [...keys].sort()]));

const uniform = assignors.get('uniform')!;
const range = assignors.get('range')!;

describe('the uniform assignor', () => {
  it('gives all members the same number of partitions, or one more', () => {
    const members = ['x', 'y', 'z'].map((id) => member(id, ['a', 'b']));
    const assignment = uniform({
      members,
      partitions: new Map([
        ['a', 5],
        ['b', 3],
      ]),
    });
    expect([...assignment.values()].map(({ size }) => size).sort()).toEqual([2, 3, 3]);
  });

  it('leaves members what they have', () => {
    const members = [
      member('x', ['a'], { previous: new Set(['a/0', 'a/1', 'a/2', 'a/3']) }),
      member('y', ['a']),
    ];
    const assignment = plain(uniform({ members, partitions: new Map([['a', 4]]) }));
    expect(assignment).toEqual({ x: ['a/0', 'a/1'], y: ['a/2', 'a/3'] });
  });

  it('balances different subscriptions', () => {
    const members = [member('x', ['a', 'b']), member('y', ['a'])];
    const assignment = plain(
      uniform({
        members,
        partitions: new Map([
          ['a', 4],
          ['b', 2],
        ]),
      }),
    );
    expect(assignment['x']).toEqual(expect.arrayContaining(['b/0', 'b/1']));
    expect(assignment['y']).toHaveLength(3);
  });
});

describe('the range assignor', () => {
  it('gives members the same ranges of all topics, static members first', () => {
    const members = [member('a', ['t', 'u']), member('z', ['t', 'u'], { instanceId: 'i' })];
    expect(
      plain(
        range({
          members,
          partitions: new Map([
            ['t', 3],
            ['u', 2],
          ]),
        }),
      ),
    ).toEqual({
      a: ['t/2', 'u/1'],
      z: ['t/0', 't/1', 'u/0'],
    });
  });
});

describe.each([...assignors])('the assignor %s', (name, assign) => {
  it('gives every subscribed partition to one subscriber, and is sticky unless it is range', () => {
    const topics = fc.array(fc.constantFrom<string>('a', 'b', 'c', 'gone'), { maxLength: 4 });
    fc.assert(
      fc.property(
        fc.array(topics, { minLength: 1, maxLength: 6 }),
        fc.array(fc.nat(7), { minLength: 3, maxLength: 3 }),
        (subscriptions, counts) => {
          const partitions = new Map(['a', 'b', 'c'].map((topic, index) => [topic, counts[index]!]));
          const members = subscriptions.map((subscribed, index) => member(`m${index}`, subscribed));
          const first = assign({ members, partitions });
          const again = members.map((each) => ({ ...each, previous: first.get(each.id)! }));
          if (name === 'uniform') expect(plain(assign({ members: again, partitions }))).toEqual(plain(first));
          const all = [...first.values()].flatMap((keys) => [...keys]);
          const expected = [...partitions].filter(([topic]) => subscriptions.some((s) => s.includes(topic)));
          expect(new Set(all).size).toBe(all.length);
          expect(all).toHaveLength(expected.reduce((sum, [, count]) => sum + count, 0));
          for (const { id, topics: own } of members)
            for (const key of first.get(id)!) expect(own.has(topicIdOf(key))).toBe(true);
        },
      ),
    );
  });
});

describe('the assignor of a group', () => {
  it.each([
    [[], 'uniform'],
    [[null, null], 'uniform'],
    [[null, 'range'], 'range'],
    [['uniform', 'range', 'range'], 'range'],
    [['gone', 'gone', 'range'], 'range'],
  ])('for the preferences %j is %s', (preferences, expected) => {
    expect(electAssignor(preferences, ['uniform', 'range'])).toBe(expected);
  });

  it('is the first that the broker is set to where no member has a preference for one of them', () => {
    expect(electAssignor(['uniform', null], ['range'])).toBe('range');
  });
});
