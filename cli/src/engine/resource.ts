/** The vocabulary of the engine: what it runs, what it wants, and what it knows of each. */

/**
 * How far a resource has come.
 * - `idle`: never run, or stopped because nobody wants it
 * - `starting`: its process exists but does not answer yet
 * - `running`: it answers, and says itself what it still waits for
 * - `started`: it has once had everything it needs; latches until the process ends
 * - `ready`: started, and takes traffic now
 * - `stopping`: told to end
 * - `exited`: ended by itself
 */
export type Phase = 'idle' | 'starting' | 'running' | 'started' | 'ready' | 'stopping' | 'exited';

/**
 * How far another resource must be before the one that needs it may start. `wanted` asks for nothing but
 * that it runs as well, and ends later: a client that retries by itself need not wait for its server.
 */
export type Until = 'wanted' | 'running' | 'started' | 'ready' | 'completed';

export interface Need {
  on: string;
  until: Until;
}

export interface Resource {
  name: string;
  /** A service stays up; a task runs to its end, again whenever its version grows. */
  kind: 'service' | 'task';
  /** Must not form a cycle: needs order what starts and, the other way round, what stops. */
  needs: Need[];
  /** What it sends requests to: started along with it, in no order. Cycles are fine. */
  calls: string[];
}

/** One line of a health answer; `waitingFor` names the resource at fault when it is one of ours. */
export interface Check {
  name: string;
  ok: boolean;
  reason?: string;
  waitingFor?: string;
}

export interface Health {
  started: boolean;
  ready: boolean;
  degraded: boolean;
  checks: Check[];
}

/** How a run ended, or why it could not begin. */
export interface Exit {
  code: number | null;
  signal: string | null;
  /** What the process said of it: its fatal log line, or the error that refused its start. */
  reason?: { code: string; message: string; facts?: object };
  lastLines?: string[];
}

export interface Status {
  phase: Phase;
  /** Of what runs, or ran last; see `versionOf`. 0 before the first run. */
  version: number;
  /** The last version whose run ended well; of a task. 0 when there was none. */
  completed: number;
  /** How many of its runs made something new. */
  made: number;
  /** When the phase began; this, like all times here, in milliseconds. */
  since: number;
  /** What its process waits for before it can start. */
  delay?: string;
  pid?: number;
  /** Which program it runs, or ran last: see `Driver.programOf`. */
  program?: string;
  /** When the current or last run began. */
  spawnedAt?: number;
  /** When the current or last run became started. */
  startedAt?: number;
  /** In a row, without a stable run between them. */
  crashes: number;
  /** How many of its runs have ended without being told to. */
  restarts: number;
  /** Whether this version has ever been started: until then, patience is short. */
  proven: boolean;
  /** It crashed too often; nothing but a new version starts it again. */
  gaveUp: boolean;
  retryAt: number;
  exit?: Exit;
  /** The last health answer of the current run. */
  health?: Health;
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

/** What is wanted. Nothing ever happens but because this changed or a resource failed to follow it. */
export interface Desired {
  wanted: ReadonlySet<string>;
  /** Grows whenever a resource shall run anew. Absent means 1. */
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
 * The version of what a resource would run if it were started now: its own revision, and how often the
 * tasks it is made by have made something new. It only ever grows, so a resource that runs a lower one is out of date.
 */
export function versionOf(world: World, resource: Resource): number {
  const made = resource.needs.filter(({ until }) => until === 'completed');
  return made.reduce(
    (sum, { on }) => sum + (world.statuses.get(on)?.made ?? 0),
    world.desired.revisions.get(resource.name) ?? 1,
  );
}
