import { hasStarted, isUp } from './resource.js';
import type { Exit, Health, Phase, Status } from './resource.js';

/** What a driver or a probe saw happen to one resource. */
export type Event =
  | { kind: 'starting'; name: string; version: number }
  /** Its process cannot start yet, because; or, without a reason, now it can. */
  | { kind: 'delayed'; name: string; reason: string | undefined }
  | { kind: 'spawned'; name: string; pid: number; program?: string }
  /** A start that was impossible, or a task that ended badly: trying again would change nothing. */
  | { kind: 'failed'; name: string; exit: Exit }
  /** A task reached its end, or had nothing to do; `changed` when what it makes is now another. */
  | { kind: 'completed'; name: string; version: number; changed: boolean }
  | { kind: 'probed'; name: string; health: Health | undefined }
  | { kind: 'stopping'; name: string }
  | { kind: 'exited'; name: string; exit: Exit };

type Completed = Extract<Event, { kind: 'completed' }>;

/** Crashes in a row before it is given up: fewer for a version that never came up. */
const PATIENCE = { unproven: 3, proven: 6 };
/** A run that was started for this long forgives the crashes before it. */
const STABLE_MS = 5_000;
const BACK_OFF_MS = { first: 100, most: 5_000 };
/** Signals that come from outside: whoever ends a process with them says nothing about the process. */
const FROM_OUTSIDE = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP']);

/** How an event changes the status of the resource it names. `now` in milliseconds. */
export function reduce(status: Status, event: Event, now: number): Status {
  switch (event.kind) {
    case 'starting':
      return starting(status, event.version, now);
    case 'delayed':
      return status.delay === event.reason ? status : { ...status, delay: event.reason };
    case 'spawned':
      return { ...status, pid: event.pid, program: event.program };
    case 'failed':
      return { ...ended(status, event.exit, now), gaveUp: status.phase !== 'stopping' };
    case 'completed':
      return completed(status, event, now);
    case 'probed':
      return isUp(status) ? probed(status, event.health, now) : status;
    case 'stopping':
      return enter(status, 'stopping', now);
    case 'exited':
      return exited(status, event.exit, now);
  }
}

function starting(status: Status, version: number, now: number): Status {
  const anew = version === status.version ? {} : { crashes: 0, proven: false, gaveUp: false };
  return {
    ...enter(status, 'starting', now),
    ...anew,
    version,
    spawnedAt: now,
    startedAt: undefined,
    exit: undefined,
    health: undefined,
  };
}

function probed(status: Status, health: Health | undefined, now: number): Status {
  const latched = hasStarted(status) || health?.started === true;
  if (!health) return latched ? enter(status, 'started', now) : status;
  const phase: Phase = !latched ? 'running' : health.ready ? 'ready' : 'started';
  if (phase === status.phase && isSame(health, status.health)) return status;
  const proven = latched ? { startedAt: status.startedAt ?? now, proven: true } : {};
  return { ...enter(status, phase, now), health, ...proven };
}

const isSame = (a: Health, b: Health | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** What was told to end is idle again, what ended by itself is not. */
function ended(status: Status, exit: Exit, now: number): Status {
  const phase = status.phase === 'stopping' ? 'idle' : 'exited';
  return { ...enter(status, phase, now), exit, pid: undefined, health: undefined };
}

function completed(status: Status, { version, changed }: Completed, now: number): Status {
  const next = ended(status, { code: 0, signal: null }, now);
  const made = status.made + (changed ? 1 : 0);
  return { ...next, version, completed: version, made, crashes: 0, gaveUp: false };
}

function exited(status: Status, exit: Exit, now: number): Status {
  const before = ended(status, exit, now);
  if (status.phase === 'stopping') return { ...before, crashes: 0, gaveUp: false };
  const next = { ...before, restarts: status.restarts + 1 };
  const fromOutside = exit.signal !== null && FROM_OUTSIDE.has(exit.signal);
  if (fromOutside && status.startedAt !== undefined) return { ...next, retryAt: now + BACK_OFF_MS.first };
  const stable = status.startedAt !== undefined && now - status.startedAt >= STABLE_MS;
  const patience = status.proven ? PATIENCE.proven : PATIENCE.unproven;
  const inARow = (stable ? 0 : status.crashes) + 1;
  const crashes = fromOutside ? Math.min(inARow, patience - 1) : inARow;
  const delay = Math.min(BACK_OFF_MS.first * 2 ** (crashes - 1), BACK_OFF_MS.most);
  return { ...next, crashes, gaveUp: crashes >= patience, retryAt: now + delay };
}

const enter = (status: Status, phase: Phase, now: number): Status =>
  status.phase === phase ? status : { ...status, phase, since: now };
