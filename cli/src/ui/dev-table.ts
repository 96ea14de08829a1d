import { table } from './table.js';
import type { Ansis } from 'ansis';
import type { PortState } from '../dev/held-ports.js';

/** The ports of a system, and who listens on them. */
export function portsTable(ports: PortState[], colours: Ansis): string {
  const { green, yellow, red, dim, bold } = colours;
  const shown = {
    nobody: dim('free'),
    run: green('the running system'),
    'left behind': yellow('left behind'),
    stranger: red('a foreign process'),
  };
  const rows = ports.map(({ port, wantedBy, use, heldBy, holder }) => [
    bold(String(port)),
    wantedBy,
    use,
    shown[heldBy],
    String(holder?.pid ?? ''),
    holder?.user ?? '',
    dim(holder?.command ?? ''),
  ]);
  return table(
    [
      'PORT',
      'OF',
      'FOR',
      'HELD BY',
      'PID',
      { heading: 'USER', optional: true },
      { heading: 'COMMAND', cut: true },
    ],
    rows,
    colours,
  );
}

export const seconds = (ms: number | undefined): string =>
  ms === undefined ? '' : `${(ms / 1_000).toFixed(1)} s`;
