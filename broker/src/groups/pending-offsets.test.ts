import { describe, expect, it } from '@jest/globals';
import { Table, type Change } from '../storage/table.js';
import { OffsetStore, type CommittedOffset } from './offset-store.js';
import { PendingOffsets } from './pending-offsets.js';

const tableOf = (values = new Map<string, CommittedOffset>()) =>
  new Table<CommittedOffset>('table', values, (changes: Change[]) => {
    for (const [, key, value] of changes) {
      if (value === null) values.delete(key);
      else values.set(key, value as CommittedOffset);
    }
  });

const place = { topic: 'a', partition: 0 };
const offsetOf = (offset: number, time = 0) => ({ ...place, offset, leaderEpoch: -1, metadata: '', time });

const opened = (stored = new Map<string, CommittedOffset>()) => {
  const committed = new OffsetStore(tableOf());
  return { committed, stored, pending: new PendingOffsets(tableOf(stored), committed) };
};

describe('the offsets of transactions', () => {
  it('become those of the group when their own producer commits', () => {
    const { committed, pending } = opened();
    pending.add(1, 'g', [offsetOf(5)]);
    pending.add(2, 'g', [offsetOf(6)]);
    pending.end(2, false);
    expect([committed.get('g', place), pending.has('g', place)]).toEqual([undefined, true]);
    pending.end(1, true);
    expect([committed.get('g', place)?.offset, pending.has('g', place)]).toEqual([5, false]);
  });

  it('do not replace what the group has committed later by itself', () => {
    const { committed, pending } = opened();
    pending.add(1, 'g', [offsetOf(5, 10)]);
    committed.commit('g', [offsetOf(9, 20)]);
    pending.end(1, true);
    expect(committed.get('g', place)?.offset).toBe(9);
  });

  it('survive a restart', () => {
    const before = opened();
    before.pending.add(1, 'g', [offsetOf(5)]);
    const { committed, pending, stored } = opened(before.stored);
    expect(pending.has('g', place)).toBe(true);
    pending.end(1, true);
    expect(committed.get('g', place)?.offset).toBe(5);
    expect(stored.size).toBe(0);
  });

  it.each([
    ['group', (pending: PendingOffsets) => pending.deleteGroup('g')],
    ['topic', (pending: PendingOffsets) => pending.deleteTopic('a')],
  ])('are deleted with their %s', (_, remove) => {
    const { committed, pending } = opened();
    pending.add(1, 'g', [offsetOf(5)]);
    pending.add(1, 'other', [{ ...offsetOf(6), topic: 'b' }]);
    remove(pending);
    pending.end(1, true);
    expect(committed.get('g', place)).toBeUndefined();
    expect(committed.get('other', { topic: 'b', partition: 0 })?.offset).toBe(6);
  });
});
