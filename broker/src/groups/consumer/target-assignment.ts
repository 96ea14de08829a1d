import { assignors, electAssignor } from './assignor.js';
import { targetOf, type ConsumerGroup } from './consumer-group.js';
import { fingerprintOf, subscriptionsOf, type Topics } from './subscription.js';

/** Whether a topic that the group subscribes to has been created, deleted or given more partitions. */
export const haveTopicsChanged = (group: ConsumerGroup, topics: Topics): boolean =>
  fingerprintOf(subscriptionsOf(group, topics).values()) !== group.topics;

/** A new target assignment, for the epoch of the group. */
export const assign = (group: ConsumerGroup, topics: Topics): ConsumerGroup => {
  const subscriptions = subscriptionsOf(group, topics);
  const members = [...subscriptions].map(([{ id, instanceId }, subscribed]) => ({
    id,
    instanceId,
    topics: new Set(subscribed.keys()),
    previous: targetOf(group, id),
  }));
  const assignor = electAssignor([...group.members.values()].map(({ serverAssignor }) => serverAssignor));
  const partitions = new Map([...new Set(subscriptions.values())].flatMap((subscribed) => [...subscribed]));
  return {
    ...group,
    assignmentEpoch: group.epoch,
    assignor,
    targets: assignors.get(assignor)!({ members, partitions }),
    topics: fingerprintOf(subscriptions.values()),
  };
};
