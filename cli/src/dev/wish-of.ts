import { ensureKeys } from '../keys/key-files.js';
import { staleServices } from '../build/stale.js';
import { closureOf } from '../engine/desire.js';
import { buildTask } from './build-task.js';
import { specsOf } from './specs-of.js';
import { watchesOf } from './watches-of.js';
import type { Wish } from '../engine/control/server.js';
import type { System } from '../system/system.js';
import type { Surroundings } from './specs-of.js';

export interface Asked {
  /** All when none is named. */
  names: string[];
  except: string[];
  /** What runs already: it is watched along with the rest. */
  running?: string[];
}

/** What to ask of the engine, so that these run, built from the sources as they are now. */
export function wishOf(
  system: System,
  surroundings: Surroundings,
  { names, except, running = [] }: Asked,
): Wish {
  if (system.auth) ensureKeys(system.root);
  const specs = specsOf(system, surroundings);
  const start = names.length > 0 ? names : system.services.map(({ name }) => name);
  const all = closureOf(new Map(specs.map((spec) => [spec.name, spec])), start, except);
  const watched = system.services.filter(({ name }) => all.has(name) || running.includes(name));
  const { environment: _, ...runMode } = surroundings;
  return {
    specs,
    start,
    runMode,
    model: system,
    except: except.flatMap((name) => [name, buildTask(name)]),
    completed: freshBuilds(system, [...all]),
    ...(surroundings.watch && { watch: watchesOf(system, watched) }),
  };
}

/** The builds of these that would have nothing to do. */
export function freshBuilds(system: System, names: string[]): string[] {
  const services = system.services.filter(({ name }) => names.includes(name));
  const stale = staleServices(system, services);
  return services.filter((service) => !stale.includes(service)).map(({ name }) => buildTask(name));
}

/** The environment of this process, as those that it starts are to have it. */
export function ownEnvironment(): Record<string, string> {
  const { MSX_RUN_TOKEN: _, ...environment } = process.env;
  return environment as Record<string, string>;
}
