import { targetOf, type ConsumerGroup, type ConsumerMember } from './consumer-group.js';
import type { PartitionKey } from './partition-key.js';

type Partitions = ReadonlySet<PartitionKey>;

/**
 * The next step of a member towards its target assignment (Kafka's CurrentAssignmentBuilder). A partition changes hands
 * only when its former owner has confirmed that it no longer consumes it.
 *
 * `owned` is what the member says it has; null if it does not say.
 */
export const reconcile = (
  group: ConsumerGroup,
  member: ConsumerMember,
  owned: readonly PartitionKey[] | null,
): ConsumerMember => {
  if (hasItsTarget(group, member)) return member;
  if (member.state === 'unrevoked' && holdsAny(owned, member.revoking)) return member;
  return advance(group, member, owned);
};

/** A member that has its target has more than that once it no longer subscribes to all of it. */
const hasItsTarget = (group: ConsumerGroup, { id, state, epoch, assigned }: ConsumerMember): boolean =>
  state === 'stable' && epoch === group.assignmentEpoch && assigned.size <= targetOf(group, id).size;

const holdsAny = (owned: readonly PartitionKey[] | null, partitions: Partitions): boolean =>
  owned === null || owned.some((key) => partitions.has(key));

const advance = (
  group: ConsumerGroup,
  member: ConsumerMember,
  owned: readonly PartitionKey[] | null,
): ConsumerMember => {
  const target = targetOf(group, member.id);
  const [kept, dropped] = split(member.assigned, (key) => target.has(key));
  if (dropped.size > 0 && holdsAny(owned, dropped))
    return moved(member, { state: 'unrevoked', epoch: member.epoch, assigned: kept, revoking: dropped });
  const held = heldByOthers(group, member);
  const wanted = [...target].filter((key) => !kept.has(key));
  const available = wanted.filter((key) => !held.has(key));
  const epoch = group.assignmentEpoch;
  const state = available.length < wanted.length ? 'unreleased' : 'stable';
  return moved(member, { state, epoch, assigned: new Set([...kept, ...available]), revoking: new Set() });
};

/** The same object if nothing changes, so that nothing is stored. */
const moved = (
  member: ConsumerMember,
  next: Pick<ConsumerMember, 'state' | 'epoch' | 'assigned' | 'revoking'>,
): ConsumerMember => {
  const isSame =
    member.state === next.state &&
    member.epoch === next.epoch &&
    member.previousEpoch === next.epoch &&
    haveSameKeys(member.assigned, next.assigned) &&
    haveSameKeys(member.revoking, next.revoking);
  return isSame ? member : { ...member, ...next, previousEpoch: member.epoch };
};

const haveSameKeys = (a: Partitions, b: Partitions): boolean =>
  a.size === b.size && [...a].every((key) => b.has(key));

const split = (all: Partitions, belongs: (key: PartitionKey) => boolean): [Partitions, Partitions] => [
  new Set([...all].filter((key) => belongs(key))),
  new Set([...all].filter((key) => !belongs(key))),
];

/** Whether another member has a partition, or has not yet given it up. */
export const isHeldByOthers = (
  { members }: ConsumerGroup,
  { id }: ConsumerMember,
  key: PartitionKey,
): boolean =>
  [...members.values()].some(
    (other) => other.id !== id && (other.assigned.has(key) || other.revoking.has(key)),
  );

/** What other members have, or have not yet given up. */
const heldByOthers = ({ members }: ConsumerGroup, { id }: ConsumerMember): Set<PartitionKey> => {
  const held = new Set<PartitionKey>();
  for (const other of members.values())
    if (other.id !== id) for (const key of [...other.assigned, ...other.revoking]) held.add(key);
  return held;
};
