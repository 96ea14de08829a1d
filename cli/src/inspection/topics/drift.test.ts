import { describe, expect, it } from '@jest/globals';
import { canApply, driftOf, driftText } from './drift.js';

const topic = { name: 't', message: 'a.B', partitions: 3 };
const setting = (name: string, value: string) => ({ name, value, isDefault: false });

describe('the drift of a topic', () => {
  it('is nothing if it is as declared, whatever else is set', () => {
    const settings = [setting('cleanup.policy', 'compact'), setting('retention.ms', '5')];
    const declared = { ...topic, configs: { 'cleanup.policy': 'compact' } };
    expect(driftOf(topic, { partitions: 3, settings })).toBeUndefined();
    expect(driftOf(declared, { partitions: 3, settings })).toBeUndefined();
  });

  it('is other partitions and settings', () => {
    const declared = { ...topic, configs: { 'cleanup.policy': 'compact', 'retention.ms': '5' } };
    const drift = driftOf(declared, { partitions: 1, settings: [setting('cleanup.policy', 'delete')] })!;
    expect(drift).toEqual({
      topic: 't',
      partitions: { declared: 3, actual: 1 },
      configs: [
        { name: 'cleanup.policy', declared: 'compact', actual: 'delete' },
        { name: 'retention.ms', declared: '5', actual: '' },
      ],
    });
    expect(driftText(drift)).toBe(
      '1 partition instead of 3, cleanup.policy delete instead of compact, retention.ms unset instead of 5',
    );
  });

  it('can be undone by adding partitions, not by removing some', () => {
    expect(canApply(driftOf(topic, { partitions: 2, settings: [] })!)).toBe(true);
    expect(canApply(driftOf(topic, { partitions: 4, settings: [] })!)).toBe(false);
  });
});
