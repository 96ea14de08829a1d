import { buildTask } from '../dev/build-task.js';
import { durationText } from './duration-text.js';
import { modeText } from './dev-mode.js';
import { fold } from './fold.js';
import { columnsOf } from './screen.js';
import { table } from './table.js';
import type { Ansis } from 'ansis';
import type { RunMode } from '../dev/run-mode.js';
import type { ProcessReport, RunReport, State } from '../dev/report.js';

const optional = true;
const COLUMNS = [
  'SERVICE',
  'STATE',
  'UPTIME',
  { heading: 'URL', optional },
  { heading: 'CPU', optional },
  { heading: 'MEMORY', optional },
  { heading: 'RESTARTS', optional },
  { heading: 'PID', optional },
];

/** How everything is, below that why what is not well is not, and in the end how the whole runs. */
export function statusText({ engine, processes }: RunReport, mode: RunMode, colours: Ansis): string {
  const rows = processes.map((process) => [
    colours.bold(process.name),
    stateText(process, colours),
    process.uptimeMs === undefined ? '-' : durationText(process.uptimeMs),
    urlText(process),
    process.cpu === undefined ? '-' : `${Math.round(process.cpu * 100)} %`,
    process.memory === undefined ? '-' : `${Math.round(process.memory / 1e6)} MB`,
    String(process.restarts),
    pidText(process),
  ]);
  const reasons = processes
    .filter(({ because }) => because.length > 0)
    .map(({ because }) => because.join(' ← '));
  const uptime = durationText(Date.now() - engine!.startedAt);
  return [
    table(COLUMNS, rows, colours),
    ...reasons.map(wrapped),
    ...staleTexts(processes).map((text) => colours.yellow(wrapped(text))),
    colours.dim(wrapped(`${modeText(mode)} · engine up ${uptime}`)),
  ].join('\n');
}

/** Which run older code than their sources, and the command that changes that. */
export function staleTexts(processes: readonly ProcessReport[]): string[] {
  const stale = processes.filter((each) => each.stale && !isBeingBuilt(each)).map(({ name }) => name);
  if (stale.length === 0) return [];
  if (stale.length === 1)
    return [`${stale[0]} is stale, older than its sources: msx dev restart ${stale[0]}`];
  return [`${stale.join(', ')} are stale, older than their sources: msx dev start`];
}

/** Then its reasons say how that goes, or why it fails: no command would change it. */
const isBeingBuilt = ({ name, because }: ProcessReport) =>
  because.some((text) => text.startsWith(`${buildTask(name)} `));

function stateText({ state, stale }: ProcessReport, colours: Ansis): string {
  if (stale && (state === 'ready' || state === 'started')) return colours.yellow('stale');
  return colourOf(state, colours)(state);
}

function colourOf(state: State, { green, yellow, red, dim }: Ansis): Ansis {
  if (state === 'ready') return green;
  if (state === 'crashed') return red;
  return state === 'stopped' ? dim : yellow;
}

/** A browser needs no scheme: where there is little room, restarts say more. */
const ROOMY_COLUMNS = 100;

function urlText({ url = '-' }: ProcessReport): string {
  return columnsOf(process.stdout) < ROOMY_COLUMNS ? url.replace(/^http:\/\//, '') : url;
}

function pidText({ pid, container, state }: ProcessReport): string {
  if (pid) return String(pid);
  if (container) return 'Docker';
  return state === 'ready' ? 'external' : '-';
}

const wrapped = (text: string): string => fold(text, columnsOf(process.stdout));
