import { listGroups } from '../apis/16-list-groups.js';
import type { Broker } from '../broker.js';
import { emptyGroup, type Group } from '../groups/group.js';
import type { Handler } from './handler.js';

/** All groups are of the classic type: those whose members share out the partitions themselves. */
const TYPE = 'classic';

const isAmong = (value: string, wanted: string[]): boolean =>
  wanted.length === 0 || wanted.some((one) => one.toLowerCase() === value.toLowerCase());

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

/** Those that have committed offsets are groups too, even if nobody ever joined them. */
const everything = ({ groups, offsets }: Broker): [string, Group][] => {
  const all = new Map(groups.all());
  for (const id of offsets.groups()) if (!all.has(id)) all.set(id, emptyGroup);
  return [...all];
};
