import { table } from '../screen/table.js';
import type { Ansis } from 'ansis';
import type { GroupSummary } from '../../inspection/groups/describe-groups.js';

/** What `msx groups list` shows. */
export function groupsReport(groups: readonly GroupSummary[], colours: Ansis): string {
  const rows = groups.map(({ group, type, state, members, lag, topics }) => [
    ...[group, type, state, String(members ?? '-')],
    ...[lag ? colours.yellow(String(lag)) : String(lag ?? '-'), topics.join(', ')],
  ]);
  const topics = { heading: 'TOPICS', optional: true };
  return table(['GROUP', 'PROTOCOL', 'STATE', 'MEMBERS', 'LAG', topics], rows, colours);
}
