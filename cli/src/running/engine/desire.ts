import { isDown, versionOf } from './resource.js';
import type { Desired, World } from './resource.js';

export type Command =
  /** These resources and everything they need or call, without `except`. */
  | {
      kind: 'start';
      names: string[];
      except?: string[];
      /** Tasks that are up to date. */
      completed?: string[];
      /** Services that run another program than a start would run now. */
      outdated?: string[];
    }
  | { kind: 'stop'; names: string[]; force?: boolean }
  /** A new version of each, including a run of their tasks. */
  | { kind: 'restart'; names: string[] }
  /** Tasks whose inputs were edited. */
  | { kind: 'edited'; names: string[] }
  /** `force`: kill without a grace period. */
  | { kind: 'shutdown'; force?: boolean };

/** The desired state after a command. Commands change nothing else. */
export function desire(world: World, command: Command): Desired {
  const { wanted, revisions } = world.desired;
  switch (command.kind) {
    case 'start': {
      const names = closureOf(world.resources, command.names, command.except);
      const rerun = [...names].filter((name) => needsRerun(world, name, command));
      return { wanted: new Set([...wanted, ...names]), revisions: raised(revisions, rerun) };
    }
    case 'stop':
      return { wanted: without(wanted, withTasks(world.resources, command.names)), revisions };
    case 'restart':
      return {
        wanted: new Set([...wanted, ...closureOf(world.resources, command.names)]),
        revisions: raised(revisions, withTasks(world.resources, command.names)),
      };
    case 'edited':
      return { wanted, revisions: raised(revisions, command.names) };
    case 'shutdown':
      return { wanted: new Set(), revisions };
  }
}

/** These resources and everything that they need or call, transitively. */
export function closureOf(
  resources: World['resources'],
  names: Iterable<string>,
  except: Iterable<string> = [],
): Set<string> {
  const excluded = new Set(except);
  const all = new Set([...names].filter((name) => !excluded.has(name)));
  for (const name of all) {
    const { needs, calls } = resources.get(name)!;
    for (const other of [...needs.map(({ on }) => on), ...calls]) if (!excluded.has(other)) all.add(other);
  }
  return all;
}

/** A start request retries resources that were given up, and renews outdated ones. */
function needsRerun(
  world: World,
  name: string,
  { completed = [], outdated = [] }: Extract<Command, { kind: 'start' }>,
): boolean {
  const status = world.statuses.get(name)!;
  const resource = world.resources.get(name)!;
  if (resource.kind === 'task') return status.version > 0 && isDown(status) && !completed.includes(name);
  return outdated.includes(name) || (status.gaveUp && status.version === versionOf(world, resource));
}

/** These resources and the tasks that build them. */
function withTasks(resources: World['resources'], names: string[]): Set<string> {
  const needs = names.flatMap((name) => resources.get(name)!.needs);
  const tasks = needs.filter(({ on }) => resources.get(on)!.kind === 'task');
  return new Set([...names, ...tasks.map(({ on }) => on)]);
}

function raised(revisions: Desired['revisions'], names: Iterable<string>): Map<string, number> {
  const next = new Map(revisions);
  for (const name of names) next.set(name, (next.get(name) ?? 1) + 1);
  return next;
}

function without(wanted: Desired['wanted'], names: Iterable<string>): Set<string> {
  const next = new Set(wanted);
  for (const name of names) next.delete(name);
  return next;
}
