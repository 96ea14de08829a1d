import { driftText } from '../../inspection/topics/drift.js';
import { table } from '../screen/table.js';
import { bytesText } from './bytes-text.js';
import type { Ansis } from 'ansis';
import type { TopicDescription } from '../../inspection/topics/describe-topic.js';

/** What `msx topics describe` shows. */
export function topicReport(
  { topic, partitions, configs, groups, drift }: TopicDescription,
  colours: Ansis,
): string {
  const { bold, dim, yellow } = colours;
  const rows = partitions.map(({ partition, leader, replicas, low, high, bytes }) => [
    ...[String(partition), String(low), String(high), String(high - low)],
    ...[bytes === undefined ? '' : bytesText(bytes), String(leader), replicas.join(',')],
  ]);
  const columns = ['PARTITION', 'FIRST', 'NEXT', 'RECORDS'];
  const optional = ['SIZE', 'LEADER', 'REPLICAS'].map((heading) => ({ heading, optional: true }));
  const lags = groups.map(({ group, lag }) => (lag > 0 ? yellow(`${group} (${lag})`) : `${group} (0)`));
  return [
    bold(topic),
    table([...columns, ...optional], rows, colours),
    ...Object.entries(configs).map(([name, value]) => `${dim(name)}  ${value}`),
    ...(lags.length > 0 ? [`${dim('groups (lag):')} ${lags.join(', ')}`] : []),
    ...(drift ? [yellow(`${driftText(drift)} in msx.yaml: see msx topics apply`)] : []),
  ].join('\n');
}
