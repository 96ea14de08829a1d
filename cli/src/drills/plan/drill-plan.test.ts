import { describe, expect, it } from '@jest/globals';
import { absenceOf, DRILLS } from './drill-catalogue.js';
import { planOf } from './drill-plan.js';
import { fewerChanges, smallestBroken } from './fewer-changes.js';
import { randomSource, shuffled } from './random.js';
import type { Attempt } from './fewer-changes.js';

const facts = {
  changing: ['orders'],
  publishing: ['orders', 'products'],
  consuming: ['products'],
  databases: ['orders', 'products', 'users'],
};
const [, killed] = DRILLS;
const options = { changes: 30, faults: 4 };

describe('the plan of a drill', () => {
  it('is the same with the same seed, and another one with another', () => {
    const plan = planOf(killed, facts, { ...options, seed: 7 });
    expect(planOf(killed, facts, { ...options, seed: 7 })).toEqual(plan);
    expect(planOf(killed, facts, { ...options, seed: 8 })).not.toEqual(plan);
  });

  it('has faults of suitable services, in order, before the changes end', () => {
    const { faults } = planOf(DRILLS[0], facts, { ...options, seed: 7 });
    expect(faults).toHaveLength(4);
    for (const { service, after } of faults) {
      expect(facts.publishing).toContain(service);
      expect(after).toBeLessThan(30);
    }
    expect(faults.map(({ after }) => after)).toEqual(faults.map(({ after }) => after).sort((a, b) => a - b));
  });
});

describe('a source of random choices', () => {
  it('does not change when another one is used', () => {
    const take = (name: string) => Array.from({ length: 5 }, () => randomSource(7, name).integer(1_000_000));
    expect(new Set(take('orders')).size).toBe(1);
    expect(take('orders')).not.toEqual(take('users'));
  });

  it('reaches every value and shuffles without loss', () => {
    const random = randomSource(7, 'values');
    const values = Array.from({ length: 200 }, () => random.integer(5));
    expect([...new Set(values)].sort()).toEqual([0, 1, 2, 3, 4]);
    const items = [1, 2, 3, 4, 5, 6, 7, 8, 9];
    expect(shuffled(items, random)).not.toEqual(items);
    expect(shuffled(items, random).sort()).toEqual(items);
  });
});

describe('the drills', () => {
  it('apply to a system with changes, events and databases', () => {
    expect(DRILLS.map((drill) => absenceOf(drill, facts))).toEqual(DRILLS.map(() => undefined));
  });

  it('say why they do not apply', () => {
    expect(absenceOf(killed, { ...facts, changing: [] })).toBe('no service has a verification with changes');
    expect(absenceOf(DRILLS[0], { ...facts, publishing: [] })).toBe('no service publishes events');
  });
});

describe('the search for fewer changes', () => {
  /** Breaks from `limit` changes on. */
  const search = (changes: number, limit: number): number => {
    const attempts: Attempt[] = [{ changes, broken: true }];
    for (let next = fewerChanges(attempts); next !== undefined; next = fewerChanges(attempts))
      attempts.push({ changes: next, broken: next >= limit });
    expect(attempts.length).toBeLessThan(10);
    return smallestBroken(attempts);
  };

  it.each([1, 2, 7, 29, 30])('finds the limit of %s changes', (limit) => {
    expect(search(30, limit)).toBe(limit);
  });
});
