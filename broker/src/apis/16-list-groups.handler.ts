import { listGroups } from './16-list-groups.js';
import type { Broker } from '../broker.js';
import { emptyGroup, type Group } from '../groups/group.js';
import type { Handler } from './handler.js';

/** All groups are of the classic type, in which the members assign the partitions themselves. */
const TYPE = 'classic';

const isAmong = (value: string, filter: string[]): boolean =>
  filter.length === 0 || filter.some((each) => each.toLowerCase() === value.toLowerCase());

export const answerListGroups: Handler<typeof listGroups> = ({ statesFilter, typesFilter }, { broker }) => ({
  groups: everything(broker)
    .filter(([, { phase }]) => isAmong(phase, statesFilter) && isAmong(TYPE, typesFilter))
    .map(([groupId, { phase, protocolType }]) => ({
      groupId,
      protocolType: protocolType ?? '',
      groupState: phase,
      groupType: TYPE,
    })),
});

/** A group that only has committed offsets is listed, too, even if it never had members. */
const everything = ({ groups, offsets }: Broker): [string, Group][] => {
  const all = new Map(groups.all());
  for (const id of offsets.groups()) if (!all.has(id)) all.set(id, emptyGroup);
  return [...all];
};
