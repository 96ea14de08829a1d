import { table } from '../screen/table.js';
import type { Ansis } from 'ansis';
import type { OffsetChange } from '../../inspection/groups/reset-plan.js';

/** The offsets that `msx groups reset` would move. */
export function resetReport(changes: readonly OffsetChange[], colours: Ansis): string {
  const rows = changes.map(({ topic, partition, from, to }) => [
    ...[topic, String(partition), from === undefined ? colours.dim('none') : String(from)],
    String(to),
  ]);
  return table(['TOPIC', 'PARTITION', 'COMMITTED', 'TO'], rows, colours);
}
