import { table } from '../screen/table.js';
import type { Ansis } from 'ansis';
import type { PortState } from '../../running/dev/held-ports.js';

/** The ports of a system, and the processes that hold them. */
export function portsTable(ports: PortState[], colours: Ansis): string {
  const { green, yellow, red, dim, bold } = colours;
  const shown = {
    nobody: dim('free'),
    run: green('the running system'),
    'left behind': yellow('left behind'),
    'another system': red('another system'),
    stranger: red('a foreign process'),
  };
  const rows = ports.map(({ port, wantedBy, use, heldBy, holder }) => [
    bold(String(port)),
    wantedBy,
    use,
    shown[heldBy],
    holder?.address ?? '',
    String(holder?.pid ?? ''),
    holder?.user ?? '',
    dim(holder?.system?.folder ?? holder?.command ?? ''),
  ]);
  return table(
    [
      'PORT',
      'SERVICE',
      'USE',
      'HELD BY',
      { heading: 'ADDRESS', optional: true },
      'PID',
      { heading: 'USER', optional: true },
      { heading: 'COMMAND', cut: true },
    ],
    rows,
    colours,
  );
}
