import { table } from './table.js';
import type { Ansis } from 'ansis';
import type { PortState } from '../dev/held-ports.js';
import type { ProcessReport, State } from '../dev/report.js';

/** What runs: where it is reached, as which process, where it logs and how long it took. */
export function startedTable(processes: ProcessReport[], running: string[], colours: Ansis): string {
  const rows = processes.map(({ name, url, pid, container, log, startedInMs }) => [
    colours.bold(name),
    url ?? '',
    pid ? String(pid) : colours.dim(container ? 'Docker' : 'external'),
    log ?? '',
    running.includes(name) ? colours.dim('was running') : seconds(startedInMs),
  ]);
  return table(['SERVICE', 'URL', 'PID', { heading: 'LOG', optional: true }, 'TIME'], rows, colours);
}

/** How everything is, and why it is not ready. */
export function statusTable(processes: ProcessReport[], colours: Ansis): string {
  const rows = processes.map(({ name, state, url, pid, crashes, because }) => [
    colours.bold(name),
    colourOf(state, colours)(state),
    url ?? '',
    pid ? String(pid) : '',
    crashes > 0 ? String(crashes) : '',
    colours.dim(because[0]?.replace(`${name} is ${state}`, '').replace(/^: /, '') ?? ''),
  ]);
  return table(['SERVICE', 'STATE', 'URL', 'PID', 'CRASHES', 'WHY'], rows, colours);
}

/** The ports of a system, and who listens on them. */
export function portsTable(ports: PortState[], colours: Ansis): string {
  const { green, yellow, red, dim, bold } = colours;
  const shown = {
    nobody: dim('free'),
    run: green('the running system'),
    'left behind': yellow('left behind'),
    stranger: red('a stranger'),
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
    ['PORT', 'OF', 'FOR', 'HELD BY', 'PID', { heading: 'USER', optional: true }, 'COMMAND'],
    rows,
    colours,
  );
}

export const seconds = (ms: number | undefined): string =>
  ms === undefined ? '' : `${(ms / 1_000).toFixed(1)} s`;

function colourOf(state: State, { green, yellow, red, dim }: Ansis): Ansis {
  if (state === 'ready') return green;
  if (state === 'crashed') return red;
  return state === 'stopped' ? dim : yellow;
}
