import { relative } from 'node:path';
import { cwd } from 'node:process';
import { columnsOf } from '../screen/screen.js';
import { seconds } from '../screen/duration-text.js';
import { modeText } from './dev-mode.js';
import { table } from '../screen/table.js';
import { widthOf } from '../text/text-width.js';
import type { Ansis } from 'ansis';
import type { TakenLinks } from '../../running/dev/clashes.js';
import type { PrepareListeners } from '../../running/dev/prepare-run.js';
import type { RunMode } from '../../running/dev/run-mode.js';
import type { StartReport } from '../../running/dev/start-report.js';
import type { ProcessReport } from '../../running/dev/report.js';

/** The services that a start or restart has started; the others were running before. */
export interface NewlyStarted {
  started: readonly string[];
  restarted: readonly string[];
}

/** The result of a start; one line if there was nothing to do. */
export function startText(
  { processes, started, restarted, alreadyRunning }: StartReport,
  { targets, mode }: { targets: readonly string[]; mode: RunMode },
  colours: Ansis,
): string {
  if (alreadyRunning.length === targets.length) return runningText(processes, mode);
  return startedTable(processes, { started, restarted }, colours);
}

/** The running services: their addresses, pids and logs, and how long each took if it was just started. */
export function startedTable(processes: ProcessReport[], newlyStarted: NewlyStarted, colours: Ansis): string {
  const rows = processes.map((process) => [
    colours.bold(process.name),
    process.url ?? '',
    process.pid ? String(process.pid) : colours.dim(process.container ? 'Docker' : 'external'),
    process.log ? shortPath(process.log) : '',
    timeText(process, newlyStarted, colours),
  ]);
  return table(['SERVICE', 'URL', 'PID', { heading: 'LOG', optional: true }, 'TIME'], rows, colours);
}

/** The path relative to the current folder, if it is below it. */
function shortPath(path: string): string {
  const relativePath = relative(cwd(), path);
  return relativePath.startsWith('..') ? path : relativePath;
}

function timeText(
  { name, startedInMs }: ProcessReport,
  { started, restarted }: NewlyStarted,
  { dim }: Ansis,
): string {
  if (started.includes(name)) return seconds(startedInMs);
  return restarted.includes(name) ? `${seconds(startedInMs)} (restarted)` : dim('running');
}

/** Everything requested is already running: the address and the next command, as far as they fit on one line. */
export function runningText(processes: readonly ProcessReport[], { mode }: RunMode): string {
  const summary = `everything is running already${mode === 'production' ? ' in production mode' : ''}`;
  const gateway = processes.find(({ url }) => url?.startsWith('http'))?.url;
  const parts = [summary, gateway, 'msx dev status'].filter((part) => part !== undefined);
  const columns = columnsOf(process.stdout);
  return parts.reduce((line, part) =>
    widthOf(line) + widthOf(part) + 3 <= columns ? `${line} · ${part}` : line,
  );
}

/** Says what a start does, or finds, before anything is started. */
export const preparationNotes = (note: (text: string) => void): PrepareListeners => ({
  onMoved: (from) =>
    note(`the folder was moved from ${from} while the system was running: restarting it here`),
  onPull: (image) => note(`pulling ${image}`),
  onLinksTaken: (links) => note(linksTakenText(links)),
});

/** The names of its logs in a shared folder belong to another system that is running. */
const linksTakenText = ({ folder, names, by }: TakenLinks): string =>
  `${names.join(', ')} in ${folder} will still show the logs of ${by.name} in ${by.folder}; those of this system are in .msx/logs`;

/** What a user may not expect after joining a running system: its mode, or that it now watches for edits. */
export function joinedTexts(mode: RunMode, before: RunMode | undefined): string[] {
  if (!before) return [];
  const isDefault = before.mode === 'development' && !before.tls;
  return [
    ...(isDefault ? [] : [`The system is running in ${modeText({ ...mode, watch: false, inspect: [] })}.`]),
    ...(mode.watch && !before.watch ? ['Watching for edits from now on.'] : []),
  ];
}
