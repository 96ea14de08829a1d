import { listGroups } from './16-list-groups.js';
import type { Broker } from '../broker.js';
import { stateOf } from '../groups/consumer/consumer-group.js';
import { emptyGroup } from '../groups/group.js';
import type { Handler } from './handler.js';

const isAmong = (value: string, filter: string[]): boolean =>
  filter.length === 0 || filter.some((each) => each.toLowerCase() === value.toLowerCase());

export const answerListGroups: Handler<typeof listGroups> = ({ statesFilter, typesFilter }, { broker }) => ({
  groups: [...classicGroups(broker), ...consumerGroups(broker)].filter(
    ({ groupState, groupType }) => isAmong(groupState, statesFilter) && isAmong(groupType, typesFilter),
  ),
});

/** Groups in which the members assign the partitions; also one that only has committed offsets. */
const classicGroups = ({ groups, consumerGroups, offsets }: Broker) => {
  const all = new Map(groups.all());
  for (const id of offsets.groups()) if (!all.has(id) && !consumerGroups.get(id)) all.set(id, emptyGroup);
  return [...all].map(([groupId, { phase, protocolType }]) => ({
    groupId,
    protocolType: protocolType ?? '',
    groupState: phase as string,
    groupType: 'classic',
  }));
};

/** Groups in which the broker assigns the partitions (KIP-848). */
const consumerGroups = (broker: Broker) =>
  broker.consumerGroups.all().map(([groupId, group]) => ({
    groupId,
    protocolType: 'consumer',
    groupState: stateOf(group) as string,
    groupType: 'consumer',
  }));
