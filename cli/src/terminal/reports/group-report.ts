import { table } from '../screen/table.js';
import type { Ansis } from 'ansis';
import type { GroupDescription } from '../../inspection/groups/describe-groups.js';

/** What `msx groups describe` shows. */
export function groupReport(
  { group, state, type, protocol, memberList, partitions, lag }: GroupDescription,
  colours: Ansis,
): string {
  const { bold, dim, yellow } = colours;
  const members = (memberList ?? []).map(({ client, host, partitions: own, id }) => [
    ...[client, host, assignmentText(own), id],
  ]);
  const rows = partitions.map(({ topic, partition, committed, high, lag: own, client = '' }) => [
    ...[topic, String(partition), committed === undefined ? dim('none') : String(committed), String(high)],
    ...[own > 0 ? yellow(String(own)) : '0', client],
  ]);
  const facts = [
    ...[state, `${type} protocol`, ...(protocol ? [`assignor ${protocol}`] : [])],
    ...(lag === null ? [] : [`lag ${lag}`]),
  ];
  const client = { heading: 'CLIENT', optional: true };
  return [
    `${bold(group)}  ${dim(facts.join(', '))}`,
    ...(rows.length > 0
      ? [table(['TOPIC', 'PARTITION', 'COMMITTED', 'NEXT', 'LAG', client], rows, colours)]
      : []),
    ...(members.length > 0
      ? [table(['MEMBER', 'HOST', 'ASSIGNED', { heading: 'ID', optional: true }], members, colours)]
      : []),
    ...(memberList === null
      ? [dim(`msx cannot describe the members of a group of the ${type} protocol.`)]
      : []),
  ].join('\n');
}

/** `order.created 0,2 user.created 1`; a dash for none. */
function assignmentText(partitions: readonly string[]): string {
  const byTopic = new Map<string, number[]>();
  for (const key of partitions) {
    const at = key.lastIndexOf('/');
    const topic = key.slice(0, at);
    byTopic.set(topic, [...(byTopic.get(topic) ?? []), Number(key.slice(at + 1))]);
  }
  const texts = [...byTopic].map(([topic, own]) => `${topic} ${own.sort((a, b) => a - b).join(',')}`);
  return texts.sort().join(' ') || '-';
}
