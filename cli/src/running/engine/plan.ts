import { hasStarted, isDown, isUp, versionOf } from './resource.js';
import type { Check, Exit, Need, Resource, Status, World } from './resource.js';

export type Action =
  { kind: 'start'; name: string; version: number } | { kind: 'stop'; name: string; silent?: boolean };

/** Why a resource has not reached its desired state. */
export type Hold =
  | { kind: 'needs'; on: string; until: Need['until'] }
  | { kind: 'check'; check: Check }
  /** It does not answer; `since` is set if it has answered before. */
  | { kind: 'silent'; since?: number }
  | { kind: 'delayed'; reason: string }
  | { kind: 'working' }
  | { kind: 'back-off'; retryAt: number; crashes: number; exit?: Exit }
  | { kind: 'gave-up'; crashes: number; exit?: Exit }
  | { kind: 'stopping' }
  | { kind: 'needed-by'; name: string };

export interface Plan {
  actions: Action[];
  holds: Map<string, Hold>;
}

type Step = { action: Action } | { hold: Hold } | undefined;

/**
 * The whole policy of the engine: from the desired and the actual state it derives the next actions and, for everything
 * that has to wait, the reason. No I/O, no timers, no promises.
 */
export function plan(world: World): Plan {
  const actions: Action[] = [];
  const holds = new Map<string, Hold>();
  for (const resource of world.resources.values()) {
    const status = statusOf(world, resource.name);
    const step = world.desired.wanted.has(resource.name)
      ? stepUp(world, resource, status)
      : stepDown(world, resource, status);
    if (step && 'action' in step) actions.push(step.action);
    else if (step) holds.set(resource.name, step.hold);
  }
  return { actions, holds };
}

function stepUp(world: World, resource: Resource, status: Status): Step {
  const { name } = resource;
  const version = versionOf(world, resource);
  const unmet = resource.needs.find((need) => !isMet(world, need));
  if (status.phase === 'stopping') return { hold: { kind: 'stopping' } };
  if (isUp(status)) {
    const outdated = resource.kind === 'service' && status.version < version;
    if (outdated && !unmet) return { action: { kind: 'stop', name } };
    if (isSilentTooLong(resource, status) && !unmet) return { action: { kind: 'stop', name, silent: true } };
    return holdOfLive(resource, status);
  }
  if (resource.kind === 'task' && status.completed === version) return undefined;
  const failed = status.version === version && status.phase === 'exited';
  if (failed && status.gaveUp)
    return { hold: { kind: 'gave-up', crashes: status.crashes, exit: status.exit } };
  if (unmet) return { hold: { kind: 'needs', ...unmet } };
  if (failed && world.now < status.retryAt)
    return {
      hold: { kind: 'back-off', retryAt: status.retryAt, crashes: status.crashes, exit: status.exit },
    };
  return { action: { kind: 'start', name, version } };
}

/** A resource that is no longer requested stops after the resources that use it and stop as well. */
function stepDown(world: World, { name }: Resource, status: Status): Step {
  if (!isUp(status)) return undefined;
  const user = [...world.resources.values()].find(
    (other) =>
      other.needs.some(({ on }) => on === name) &&
      !world.desired.wanted.has(other.name) &&
      !isDown(statusOf(world, other.name)),
  );
  return user ? { hold: { kind: 'needed-by', name: user.name } } : { action: { kind: 'stop', name } };
}

function holdOfLive(resource: Resource, status: Status): Step {
  if (resource.kind === 'task') return { hold: { kind: 'working' } };
  if (status.phase === 'ready') return undefined;
  if (status.silentSince !== undefined) return { hold: { kind: 'silent', since: status.silentSince } };
  if (status.delay) return { hold: { kind: 'delayed', reason: status.delay } };
  const failing = status.health?.checks.find(({ ok }) => !ok);
  return { hold: failing ? { kind: 'check', check: failing } : { kind: 'silent' } };
}

/** The liveness rule. */
const isSilentTooLong = ({ restartAfterMs = Infinity }: Resource, { silentMs = 0 }: Status): boolean =>
  silentMs >= restartAfterMs;

function isMet(world: World, { on, until }: Need): boolean {
  const status = statusOf(world, on);
  switch (until) {
    case 'wanted':
      return true;
    case 'running':
      return status.phase === 'running' || hasStarted(status);
    case 'started':
      return hasStarted(status);
    case 'ready':
      return status.phase === 'ready';
    case 'completed':
      return status.completed === versionOf(world, world.resources.get(on)!);
  }
}

function statusOf(world: World, name: string): Status {
  const status = world.statuses.get(name);
  if (!status) throw new Error(`no resource "${name}"`);
  return status;
}
