import { isDown, versionOf } from './resource.js';
import type { Desired, World } from './resource.js';

export type Command =
  /** With everything these need or call, but without `except`. */
  | {
      kind: 'start';
      names: string[];
      except?: string[];
      /** Tasks that have nothing to do. */
      completed?: string[];
      /** Services whose run is of another program than a start would run now. */
      outdated?: string[];
    }
  | { kind: 'stop'; names: string[]; force?: boolean }
  /** A new version of each, by way of the tasks that make it. */
  | { kind: 'restart'; names: string[] }
  /** Tasks whose inputs a person has edited. */
  | { kind: 'edited'; names: string[] }
  /** `force`: no run is given time to end by itself. */
  | { kind: 'shutdown'; force?: boolean };

/** What is wanted after a command. Commands change nothing else. */
export function desire(world: World, command: Command): Desired {
  const { wanted, revisions } = world.desired;
  switch (command.kind) {
    case 'start': {
      const names = closureOf(world.resources, command.names, command.except);
      const anew = [...names].filter((name) => wantsAnew(world, name, command));
      return { wanted: new Set([...wanted, ...names]), revisions: raised(revisions, anew) };
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

/** Everything that runs along when these do. */
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

/** Being asked for again gives what was given up another chance, and renews what is not as it would be made now. */
function wantsAnew(
  world: World,
  name: string,
  { completed = [], outdated = [] }: Extract<Command, { kind: 'start' }>,
): boolean {
  const status = world.statuses.get(name)!;
  const resource = world.resources.get(name)!;
  if (resource.kind === 'task') return status.version > 0 && isDown(status) && !completed.includes(name);
  return outdated.includes(name) || (status.gaveUp && status.version === versionOf(world, resource));
}

/** These and the tasks that make them. */
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
