import { explain } from '../engine/explain.js';
import { hasStarted, isUp } from '../engine/resource.js';
import type { Details } from '../engine/control/server.js';
import type { ResourceView, Snapshot } from '../engine/snapshot.js';

/** A run, as `--json` tells of it. */
export interface RunReport {
  engine: Snapshot['engine'] | null;
  processes: ProcessReport[];
}

export interface ProcessReport {
  name: string;
  state: State;
  /** Absent when somebody else runs it. */
  pid?: number;
  container?: string;
  url?: string;
  ports: number[];
  log?: string;
  /** From its process's begin until it had everything it needed. */
  startedInMs?: number;
  /** Since its process began. */
  uptimeMs?: number;
  /** In a row. */
  crashes: number;
  /** All, since the engine began: how often it has ended without being told to. */
  restarts: number;
  /** Of its whole process group: how many processors it keeps busy (0.5 is half of one), and the bytes it has in memory. */
  cpu?: number;
  memory?: number;
  /** Whether it runs older code than its sources. */
  stale?: boolean;
  /** Why it is not ready, or degraded; the cause of each is the next. */
  because: string[];
}

export type State =
  'stopped' | 'starting' | 'running' | 'started' | 'ready' | 'degraded' | 'stopping' | 'crashed';

/** The services of a run, tasks aside, that run or should; with details where they were asked for. */
export function reportOf(snapshot: Snapshot & { details?: Details }): RunReport {
  const { engine, resources } = snapshot;
  const services = resources.filter(
    ({ kind, wanted, pid }) => kind === 'service' && (wanted || pid !== undefined),
  );
  return { engine, processes: services.map((view) => processReport(snapshot, view)) };
}

function processReport(snapshot: Snapshot & { details?: Details }, view: ResourceView): ProcessReport {
  const { name, pid, container, url, ports, log, crashes, restarts } = view;
  const state = stateOf(view);
  const { chain } = explain(snapshot, name);
  return {
    ...{ name, state, pid, container, url, ports, log },
    startedInMs: startedInMs(view),
    uptimeMs: isUp(view) && view.spawnedAt !== undefined ? snapshot.now - view.spawnedAt : undefined,
    crashes,
    restarts,
    ...detailsOf(name, snapshot.details),
    because: state === 'ready' && chain.length === 1 ? [] : chain,
  };
}

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
