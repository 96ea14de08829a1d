import { columnsOf } from './screen.js';
import { seconds } from './dev-table.js';
import { modeText } from './dev-mode.js';
import { table } from './table.js';
import { widthOf } from '../terminal/text-width.js';
import type { Ansis } from 'ansis';
import type { RunMode } from '../dev/run-mode.js';
import type { ProcessReport } from '../dev/report.js';

/** What a start or a restart has begun; the rest of what runs was there before. */
export interface Begun {
  started: readonly string[];
  restarted: readonly string[];
}

/** What runs: where it is reached, as which process, where it logs, and how long it took if it has just begun. */
export function startedTable(processes: ProcessReport[], begun: Begun, colours: Ansis): string {
  const rows = processes.map((process) => [
    colours.bold(process.name),
    process.url ?? '',
    process.pid ? String(process.pid) : colours.dim(process.container ? 'Docker' : 'external'),
    process.log ?? '',
    timeText(process, begun, colours),
  ]);
  return table(['SERVICE', 'URL', 'PID', { heading: 'LOG', optional: true }, 'TIME'], rows, colours);
}

function timeText(
  { name, startedInMs }: ProcessReport,
  { started, restarted }: Begun,
  { dim }: Ansis,
): string {
  if (started.includes(name)) return seconds(startedInMs);
  return restarted.includes(name) ? `${seconds(startedInMs)} (restarted)` : dim('running');
}

/** All that was asked for runs already: where it is reached, and where to go on, as far as that fits a line. */
export function runningText(processes: readonly ProcessReport[], { mode }: RunMode): string {
  const said = `everything is running already${mode === 'production' ? ' in production mode' : ''}`;
  const gateway = processes.find(({ url }) => url?.startsWith('http'))?.url;
  const parts = [said, gateway, 'msx dev status'].filter((part) => part !== undefined);
  const columns = columnsOf(process.stdout);
  return parts.reduce((line, part) =>
    widthOf(line) + widthOf(part) + 3 <= columns ? `${line} · ${part}` : line,
  );
}

/** What a start found that a person may not expect: the mode of a system that runs, or that it follows edits now. */
export function joinedTexts(mode: RunMode, before: RunMode | undefined): string[] {
  if (!before) return [];
  const usual = before.mode === 'development' && !before.tls;
  return [
    ...(usual ? [] : [`The system runs in ${modeText({ ...mode, watch: false })}.`]),
    ...(mode.watch && !before.watch ? ['Edits are followed from now on.'] : []),
  ];
}
