import { hasStarted, isUp } from './resource.js';
import type { Exit, Health, Phase, Status } from './resource.js';

/** An event of one resource, reported by a driver or a probe. */
export type Event =
  | { kind: 'starting'; name: string; version: number }
  /** Its process cannot start yet, for this reason; without a reason, now it can. */
  | { kind: 'delayed'; name: string; reason: string | undefined }
  | { kind: 'spawned'; name: string; pid: number; program?: string }
  /** A start was impossible, or a task failed: retrying would change nothing. */
  | { kind: 'failed'; name: string; exit: Exit }
  /** A task has completed, or was up to date; `changed` if its output is different now. */
  | { kind: 'completed'; name: string; version: number; changed: boolean }
  /** `silentMs`: for how long probes have been unanswered. */
  | { kind: 'probed'; name: string; health: Health | undefined; silentMs?: number }
  /** `silent`: it no longer answers, which counts as an unexpected exit. */
  | { kind: 'stopping'; name: string; silent?: boolean }
  | { kind: 'exited'; name: string; exit: Exit };

const NOT_PROBED = { health: undefined, silentSince: undefined, silentMs: undefined };

type Completed = Extract<Event, { kind: 'completed' }>;

/** Consecutive crashes before a resource is given up: fewer for a version that never came up. */
const MAX_CRASHES = { unproven: 3, proven: 6 };
/** A run that has been started for this long resets the count of crashes. */
const STABLE_MS = 5_000;
const BACK_OFF_MS = { first: 100, max: 5_000 };
/** Signals that usually come from outside: they do not indicate a fault of the process. */
const EXTERNAL_SIGNALS = new Set(['SIGKILL', 'SIGTERM', 'SIGINT', 'SIGHUP']);

/** The status of a resource after an event. `now` in milliseconds. */
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
      return isUp(status) ? probed(status, event, now) : status;
    case 'stopping':
      return stopping(status, event.silent ?? false, now);
    case 'exited':
      return exited(status, event.exit, now);
  }
}

function starting(status: Status, version: number, now: number): Status {
  const reset = version === status.version ? {} : { crashes: 0, proven: false, gaveUp: false };
  return {
    ...enter(status, 'starting', now),
    ...reset,
    version,
    program: undefined,
    spawnedAt: now,
    startedAt: undefined,
    exit: undefined,
    ...NOT_PROBED,
  };
}

function probed(status: Status, event: Extract<Event, { kind: 'probed' }>, now: number): Status {
  if (!event.health) return silent(status, event.silentMs ?? 0, now);
  const health = dated(event.health, status.health, now);
  const latched = hasStarted(status) || health.started;
  const phase: Phase = !latched ? 'running' : health.ready ? 'ready' : 'started';
  const answersAgain = status.silentSince !== undefined;
  if (phase === status.phase && isSame(health, status.health) && !answersAgain) return status;
  const proven = latched ? { startedAt: status.startedAt ?? now, proven: true } : {};
  return { ...enter(status, phase, now), health, silentSince: undefined, silentMs: undefined, ...proven };
}

/** A resource that has never answered may just still be starting. */
function silent(status: Status, silentMs: number, now: number): Status {
  if (!status.health) return status;
  const next = hasStarted(status) ? enter(status, 'started', now) : status;
  return { ...next, silentMs, silentSince: status.silentSince ?? now - silentMs };
}

/** Adds the time since which each check has been failing. */
function dated(health: Health, before: Health | undefined, now: number): Health {
  const checks = health.checks.map((check) => {
    if (check.ok) return check;
    const previous = before?.checks.find(({ name, ok }) => name === check.name && !ok);
    return { ...check, since: previous?.since ?? now };
  });
  return { ...health, checks };
}

function stopping(status: Status, silent: boolean, now: number): Status {
  return { ...enter(status, 'stopping', now), restarts: status.restarts + (silent ? 1 : 0) };
}

const isSame = (a: Health, b: Health | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

/** A resource that was told to stop is idle again; otherwise it counts as exited. */
function ended(status: Status, exit: Exit, now: number): Status {
  const phase = status.phase === 'stopping' ? 'idle' : 'exited';
  return { ...enter(status, phase, now), exit, pid: undefined, ...NOT_PROBED };
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
  const killedFromOutside = exit.signal !== null && EXTERNAL_SIGNALS.has(exit.signal);
  if (killedFromOutside && status.startedAt !== undefined)
    return { ...next, retryAt: now + BACK_OFF_MS.first };
  const stable = status.startedAt !== undefined && now - status.startedAt >= STABLE_MS;
  const maxCrashes = status.proven ? MAX_CRASHES.proven : MAX_CRASHES.unproven;
  const consecutive = (stable ? 0 : status.crashes) + 1;
  const crashes = killedFromOutside ? Math.min(consecutive, maxCrashes - 1) : consecutive;
  const delay = Math.min(BACK_OFF_MS.first * 2 ** (crashes - 1), BACK_OFF_MS.max);
  return { ...next, crashes, gaveUp: crashes >= maxCrashes, retryAt: now + delay };
}

const enter = (status: Status, phase: Phase, now: number): Status =>
  status.phase === phase ? status : { ...status, phase, since: now };
