import { table } from '../screen/table.js';
import type { Ansis } from 'ansis';
import type { GroupDescription } from '../../inspection/groups/describe-groups.js';

/** What `msx groups describe` shows. */
export function groupReport(
  { group, state, protocol, memberList, partitions, lag }: GroupDescription,
  colours: Ansis,
): string {
  const { bold, dim, yellow } = colours;
  const members = memberList.map(({ client, host, id }) => [client, host, id]);
  const rows = partitions.map(({ topic, partition, committed, high, lag: own, client = '' }) => [
    ...[topic, String(partition), committed === undefined ? dim('none') : String(committed), String(high)],
    ...[own > 0 ? yellow(String(own)) : '0', client],
  ]);
  const facts = [state, ...(protocol ? [`assignor ${protocol}`] : []), `lag ${lag}`];
  const client = { heading: 'CLIENT', optional: true };
  return [
    `${bold(group)}  ${dim(facts.join(', '))}`,
    ...(rows.length > 0
      ? [table(['TOPIC', 'PARTITION', 'COMMITTED', 'NEXT', 'LAG', client], rows, colours)]
      : []),
    ...(members.length > 0
      ? [table(['MEMBER', 'HOST', { heading: 'ID', optional: true }], members, colours)]
      : []),
  ].join('\n');
}
