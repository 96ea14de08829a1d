import { explain } from '../engine/explain.js';
import { hasStarted, isUp } from '../engine/resource.js';
import type { Details } from '../engine/control/server.js';
import type { ResourceView, Snapshot } from '../engine/snapshot.js';

/** A run, in the form of `--json`. */
export interface RunReport {
  engine: Snapshot['engine'] | null;
  /** Set if msx.yaml has changed since the start. */
  model?: Snapshot['model'];
  processes: ProcessReport[];
}

export interface ProcessReport {
  name: string;
  state: State;
  /** Absent if the process is managed elsewhere. */
  pid?: number;
  container?: string;
  url?: string;
  ports: number[];
  /** Port for a debugger, on 127.0.0.1. */
  inspectPort?: number;
  log?: string;
  /** From the start of its process until it had everything it needs. */
  startedInMs?: number;
  /** Since the start of its process. */
  uptimeMs?: number;
  /** Consecutive crashes. */
  crashes: number;
  /** Unexpected exits since the engine started. */
  restarts: number;
  /** CPU load of its process group in processors (0.5 is half of one), and its memory in bytes. */
  cpu?: number;
  memory?: number;
  /** For how long it has not been answering, if it is silent. */
  silentForMs?: number;
  /** Whether it runs older code than its sources. */
  stale?: boolean;
  /** Why it is not ready, or degraded; each sentence is explained by the next. */
  because: string[];
  /** What somebody should look into, although it works; absent if there is nothing. */
  notices?: string[];
}

export type State =
  'stopped' | 'starting' | 'running' | 'started' | 'ready' | 'degraded' | 'stopping' | 'crashed';

/** The services that are running or should be, without tasks; with details if the snapshot has them. */
export function reportOf(snapshot: Snapshot & { details?: Details }): RunReport {
  const { engine, resources, model } = snapshot;
  const services = resources.filter(
    ({ kind, wanted, pid }) => kind === 'service' && (wanted || pid !== undefined),
  );
  return {
    engine,
    ...(model && { model }),
    processes: services.map((view) => processReport(snapshot, view)),
  };
}

function processReport(snapshot: Snapshot & { details?: Details }, view: ResourceView): ProcessReport {
  const { name, pid, container, url, ports, inspectPort, log, crashes, restarts } = view;
  const state = stateOf(view);
  const { chain } = explain(snapshot, name);
  const notices = noticesOf(view);
  return {
    ...{ name, state, pid, container, url, ports, inspectPort, log },
    startedInMs: startedInMs(view),
    uptimeMs: isUp(view) && view.spawnedAt !== undefined ? snapshot.now - view.spawnedAt : undefined,
    crashes,
    restarts,
    ...(view.silentSince !== undefined && { silentForMs: snapshot.now - view.silentSince }),
    ...detailsOf(name, snapshot.details),
    because: state === 'ready' && chain.length === 1 ? [] : chain,
    ...(notices.length > 0 && { notices }),
  };
}

/** The command that shows more about a notice. */
const COMMANDS: Readonly<Record<string, string>> = { 'dead letters': 'msx topics dlq list' };

/** What somebody should look into, with what it is about. */
export const noticesOf = ({ health }: Pick<ResourceView, 'health'>): string[] =>
  (health?.notices ?? []).map(({ name, text }) => {
    const command = Object.hasOwn(COMMANDS, name) ? ` (${COMMANDS[name]})` : '';
    return `${name}: ${text}${command}`;
  });

function detailsOf(name: string, details?: Details): Pick<ProcessReport, 'cpu' | 'memory' | 'stale'> {
  if (!details) return {};
  return { ...details.usage[name], stale: details.stale.includes(name) };
}

export const startedInMs = ({ spawnedAt, startedAt }: ResourceView): number | undefined =>
  startedAt === undefined ? undefined : startedAt - spawnedAt!;

function stateOf({ phase, health, wanted }: ResourceView): State {
  if (phase === 'exited') return wanted ? 'crashed' : 'stopped';
  if (phase === 'idle') return 'stopped';
  return hasStarted({ phase }) && health?.degraded ? 'degraded' : phase;
}
