import { driftText } from '../../inspection/topics/drift.js';
import { table } from '../screen/table.js';
import type { Ansis } from 'ansis';
import type { TopicPlan } from '../../inspection/topics/apply-drift.js';

/** What `msx topics apply` would do. */
export function topicPlanReport({ create, alter, impossible }: TopicPlan, colours: Ansis): string {
  const { green, red, yellow } = colours;
  const rows = [
    ...create.map(({ topic, partitions, configs }) => [
      ...[topic, green('create')],
      [`partitions ${partitions}`, ...Object.entries(configs).map((pair) => pair.join(' '))].join(', '),
    ]),
    ...alter.map((drift) => [drift.topic, yellow('change'), driftText(drift)]),
    ...impossible.map((drift) => [
      drift.topic,
      red('cannot'),
      `${driftText(drift)}: delete it to have fewer`,
    ]),
  ];
  return table(['TOPIC', 'CHANGE', 'DETAILS'], rows, colours);
}
