/** The vocabulary of the engine: resources, their desired state, and their actual status. */

/**
 * How far a resource has come.
 * - `idle`: never run, or stopped on request
 * - `starting`: its process exists but does not answer yet
 * - `running`: it answers, and reports what it is still waiting for
 * - `started`: it has had everything it needs at least once; latches until the process exits
 * - `ready`: started, and accepts traffic now
 * - `stopping`: told to stop
 * - `exited`: exited without being told to
 */
export type Phase = 'idle' | 'starting' | 'running' | 'started' | 'ready' | 'stopping' | 'exited';

/**
 * The state another resource must have reached before the one that needs it may start. `wanted` only requires that it
 * runs as well, and stops later: a client that retries need not wait for its server.
 */
export type Until = 'wanted' | 'running' | 'started' | 'ready' | 'completed';

export interface Need {
  on: string;
  until: Until;
}

export interface Resource {
  name: string;
  /** A service stays up; a task runs to completion, again whenever its version grows. */
  kind: 'service' | 'task';
  /** Must not form a cycle: needs determine the order of starts and, reversed, of stops. */
  needs: Need[];
  /** Resources that it sends requests to: started along with it, in any order. May form cycles. */
  calls: string[];
  /** Restarts it after it has not answered for this long; absent: never, since it may be paused in a debugger. */
  restartAfterMs?: number;
}

/** A check in a health answer; `waitingFor` names the resource at fault, if it is part of the system. */
export interface Check {
  name: string;
  ok: boolean;
  reason?: string;
  waitingFor?: string;
  /** When it started failing without interruption. */
  since?: number;
}

/** What somebody should look into, although the resource works. */
export interface Notice {
  name: string;
  text: string;
}

export interface Health {
  started: boolean;
  ready: boolean;
  degraded: boolean;
  checks: Check[];
  notices?: Notice[];
}

/** How a run ended, or why it could not start. */
export interface Exit {
  code: number | null;
  signal: string | null;
  /** The reason from the process: its fatal log line, or the error that prevented its start. */
  reason?: { code: string; message: string; facts?: object };
  lastLines?: string[];
}

export interface Status {
  phase: Phase;
  /** The version of the current or last run; see `versionOf`. 0 before the first run. */
  version: number;
  /** For a task, the last version that has completed; 0 if none has. */
  completed: number;
  /** Number of its runs that changed their output. */
  made: number;
  /** Start of the phase; like all times here, in milliseconds. */
  since: number;
  /** What delays the start of its process. */
  delay?: string;
  pid?: number;
  /** The program of the current or last run: see `Driver.programOf`. */
  program?: string;
  /** Start of the current or last run. */
  spawnedAt?: number;
  /** When the current or last run reached `started`. */
  startedAt?: number;
  /** Consecutive crashes without a stable run in between. */
  crashes: number;
  /** Number of unexpected exits. */
  restarts: number;
  /** Whether this version has ever reached `started`; before that, fewer crashes are tolerated. */
  proven: boolean;
  /** It crashed too often; only a new version starts it again. */
  gaveUp: boolean;
  retryAt: number;
  exit?: Exit;
  /** The last health answer of the current run. */
  health?: Health;
  /** Since when probes have been unanswered, if they have. */
  silentSince?: number;
  /** For how long probes have been unanswered, without time in which the machine was suspended. */
  silentMs?: number;
}

export const newStatus = (now: number): Status => ({
  phase: 'idle',
  version: 0,
  completed: 0,
  made: 0,
  since: now,
  crashes: 0,
  restarts: 0,
  proven: false,
  gaveUp: false,
  retryAt: 0,
});

/** The desired state. Every action follows from a change of it, or from a resource that deviates from it. */
export interface Desired {
  wanted: ReadonlySet<string>;
  /** Grows with each requested rerun of a resource. Absent means 1. */
  revisions: ReadonlyMap<string, number>;
}

export interface World {
  resources: ReadonlyMap<string, Resource>;
  desired: Desired;
  statuses: ReadonlyMap<string, Status>;
  now: number;
}

export const isDown = ({ phase }: Status): boolean => phase === 'idle' || phase === 'exited';
export const isUp = (status: Status): boolean => !isDown(status) && status.phase !== 'stopping';
export const hasStarted = ({ phase }: Pick<Status, 'phase'>): boolean =>
  phase === 'started' || phase === 'ready';

/**
 * The version that a resource would run if it were started now: its own revision plus the number of times that its tasks
 * have changed their output. It only grows, so a resource that runs a lower version is outdated.
 */
export function versionOf(world: World, resource: Resource): number {
  const made = resource.needs.filter(({ until }) => until === 'completed');
  return made.reduce(
    (sum, { on }) => sum + (world.statuses.get(on)?.made ?? 0),
    world.desired.revisions.get(resource.name) ?? 1,
  );
}
