import { explain } from '../engine/explain.js';
import { hasStarted } from '../engine/resource.js';
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
  crashes: number;
  /** Why it is not ready, or degraded; the cause of each is the next. */
  because: string[];
}

export type State =
  'stopped' | 'starting' | 'running' | 'started' | 'ready' | 'degraded' | 'stopping' | 'crashed';

/** The services of a run, tasks aside, that run or should. */
export function reportOf(snapshot: Snapshot): RunReport {
  const { engine, resources } = snapshot;
  const services = resources.filter(
    ({ kind, wanted, pid }) => kind === 'service' && (wanted || pid !== undefined),
  );
  return { engine, processes: services.map((view) => processReport(snapshot, view)) };
}

function processReport(snapshot: Snapshot, view: ResourceView): ProcessReport {
  const { name, pid, container, url, ports, log, crashes } = view;
  const state = stateOf(view);
  const because = state === 'ready' ? [] : explain(snapshot, name).chain;
  return { name, state, pid, container, url, ports, log, startedInMs: startedInMs(view), crashes, because };
}

export const startedInMs = ({ spawnedAt, startedAt }: ResourceView): number | undefined =>
  startedAt === undefined ? undefined : startedAt - spawnedAt!;

function stateOf({ phase, health, wanted }: ResourceView): State {
  if (phase === 'exited') return wanted ? 'crashed' : 'stopped';
  if (phase === 'idle') return 'stopped';
  return hasStarted({ phase }) && health?.degraded ? 'degraded' : phase;
}
