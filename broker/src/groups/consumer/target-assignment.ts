import { assignors, electAssignor } from './assignor.js';
import { targetOf, type ConsumerGroup, type ConsumerMember, type GroupLimits } from './consumer-group.js';
import { topicIdOf } from './partition-key.js';
import { fingerprintOf, subscriptionsOf, type Topics } from './subscription.js';

/** Whether a topic that the group subscribes to has been created, deleted or given more partitions. */
export const haveTopicsChanged = (group: ConsumerGroup, topics: Topics): boolean =>
  fingerprintOf(subscriptionsOf(group, topics).values()) !== group.topics;

/** Many members that join at about the same time share one new target assignment. */
export const isTooEarly = (
  { assignedAt }: ConsumerGroup,
  now: number,
  { assignmentIntervalMs }: GroupLimits,
): boolean => now < assignedAt + assignmentIntervalMs;

/**
 * The group without a new target assignment, which is made by one of the next heartbeats. What a member no longer
 * subscribes to it gives up nevertheless.
 */
export const postponed = (group: ConsumerGroup, { id }: ConsumerMember, topics: Topics): ConsumerGroup => {
  const subscriptions = subscriptionsOf(group, topics);
  const subscribed = subscriptions.get(group.members.get(id)!)!;
  const kept = [...targetOf(group, id)].filter((key) => subscribed.has(topicIdOf(key)));
  return {
    ...group,
    targets: new Map(group.targets).set(id, new Set(kept)),
    topics: fingerprintOf(subscriptions.values()),
  };
};

/** A new target assignment, for the epoch of the group. */
export const assign = (
  group: ConsumerGroup,
  topics: Topics,
  { now, limits }: { now: number; limits: GroupLimits },
): ConsumerGroup => {
  const subscriptions = subscriptionsOf(group, topics);
  const members = [...subscriptions].map(([{ id, instanceId }, subscribed]) => ({
    id,
    instanceId,
    topics: new Set(subscribed.keys()),
    previous: targetOf(group, id),
  }));
  const preferences = [...group.members.values()].map(({ serverAssignor }) => serverAssignor);
  const assignor = electAssignor(preferences, limits.assignors);
  const partitions = new Map([...new Set(subscriptions.values())].flatMap((subscribed) => [...subscribed]));
  return {
    ...group,
    assignmentEpoch: group.epoch,
    assignedAt: now,
    assignor,
    targets: assignors.get(assignor)!({ members, partitions }),
    topics: fingerprintOf(subscriptions.values()),
  };
};
