import { readFileSync } from 'node:fs';
import { describe, expect, it } from '@jest/globals';
import { assignors } from './assignor.js';

/** A group, and what an assignor of Apache Kafka 4.3 assigned to it (scripts/RecordAssignments.java). */
interface Recorded {
  readonly assignor: string;
  readonly partitions: Record<string, number>;
  readonly members: { id: string; instanceId: string | null; topics: string[]; previous: string[] }[];
  readonly assignment: Record<string, string[]>;
}

const recorded = readFileSync(new URL('kafka-assignments.fixture.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as Recorded);

const assigned = ({ assignor, members, partitions }: Recorded): Record<string, string[]> => {
  const subscribed = new Set(members.flatMap(({ topics }) => topics));
  const assignment = assignors.get(assignor)!({
    members: members.map(({ topics, previous, ...member }) => ({
      ...member,
      topics: new Set(topics),
      previous: new Set(previous),
    })),
    partitions: new Map(Object.entries(partitions).filter(([topic]) => subscribed.has(topic))),
  });
  return Object.fromEntries([...assignment].map(([id, keys]) => [id, [...keys].sort()]));
};

describe.each(['uniform', 'range'])('the assignor %s', (name) => {
  const ofThis = recorded.filter(({ assignor }) => assignor === name);

  it('chooses the same partitions as that of Apache Kafka', () => {
    expect(ofThis.length).toBeGreaterThan(100);
    for (const each of ofThis) expect(assigned(each)).toEqual(each.assignment);
  });
});
