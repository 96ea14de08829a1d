import { buildTask } from '../../running/dev/build-task.js';
import { durationText } from '../screen/duration-text.js';
import { modeText } from './dev-mode.js';
import { modelText } from '../../running/dev/model-text.js';
import { fold } from '../screen/fold.js';
import { columnsOf } from '../screen/screen.js';
import { table } from '../screen/table.js';
import type { Ansis } from 'ansis';
import type { RunMode } from '../../running/dev/run-mode.js';
import type { ProcessReport, RunReport, State } from '../../running/dev/report.js';

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

/** The status of every service, then the reasons for those that are not well, then the mode of the system. */
export function statusText({ engine, processes, model }: RunReport, mode: RunMode, colours: Ansis): string {
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
  const notices = processes.flatMap(({ name, notices: own = [] }) => own.map((text) => `${name}: ${text}`));
  const uptime = durationText(Date.now() - engine!.startedAt);
  return [
    table(COLUMNS, rows, colours),
    ...reasons.map(wrapped),
    ...[modelText(model), ...staleTexts(processes), ...notices]
      .filter((text) => text !== undefined)
      .map((text) => colours.yellow(wrapped(text))),
    colours.dim(wrapped(`${modeText(mode)} · engine up ${uptime}`)),
  ].join('\n');
}

/** The stale services, and the command that updates them. */
function staleTexts(processes: readonly ProcessReport[]): string[] {
  const stale = processes.filter((each) => each.stale && !isBeingBuilt(each)).map(({ name }) => name);
  if (stale.length === 0) return [];
  if (stale.length === 1)
    return [`${stale[0]} is stale, older than its sources: msx dev restart ${stale[0]}`];
  return [`${stale.join(', ')} are stale, older than their sources: msx dev start`];
}

/** Its reasons then show the progress of the build or why it failed; no command would help. */
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

/** Below this width the scheme of URLs is left out: browsers do not need it, and RESTARTS says more. */
const MIN_COLUMNS_FOR_SCHEME = 100;

function urlText({ url = '-' }: ProcessReport): string {
  return columnsOf(process.stdout) < MIN_COLUMNS_FOR_SCHEME ? url.replace(/^http:\/\//, '') : url;
}

function pidText({ pid, container, state }: ProcessReport): string {
  if (pid) return String(pid);
  if (container) return 'Docker';
  return state === 'ready' ? 'external' : '-';
}

const wrapped = (text: string): string => fold(text, columnsOf(process.stdout));
