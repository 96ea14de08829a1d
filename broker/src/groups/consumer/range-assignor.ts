import type { Assignee, AssignorInput, Assignment } from './assignment.js';
import { partitionKey, type PartitionKey } from './partition-key.js';

/**
 * Each topic is cut into as many ranges as it has subscribers, so that members with the same subscription get the
 * same partition numbers of each topic (Kafka's RangeAssignor).
 */
export const assignRange = ({ members, partitions }: AssignorInput): Assignment => {
  const assignment = new Map(members.map(({ id }) => [id, new Set<PartitionKey>()]));
  const sorted = members.toSorted(byName);
  for (const [topicId, count] of partitions) {
    const subscribers = sorted.filter(({ topics }) => topics.has(topicId));
    let next = 0;
    for (const [index, { id }] of subscribers.entries()) {
      const share = Math.floor(count / subscribers.length) + (index < count % subscribers.length ? 1 : 0);
      for (const end = next + share; next < end; next++) assignment.get(id)!.add(partitionKey(topicId, next));
    }
  }
  return assignment;
};

/** Static members come first, by their instance ids, so that a restart does not move their ranges. */
const byName = (a: Assignee, b: Assignee): number => {
  if ((a.instanceId === null) !== (b.instanceId === null)) return a.instanceId === null ? 1 : -1;
  return (a.instanceId ?? a.id) < (b.instanceId ?? b.id) ? -1 : 1;
};
