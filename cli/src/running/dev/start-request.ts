import { ensureKeys } from '../../secrets/keys/key-files.js';
import { withoutProgram } from '../../code/build/build-stale.js';
import { closureOf } from '../engine/desire.js';
import { buildTask } from './build-task.js';
import { specsOf } from './specs-of.js';
import { watchesOf } from './watches-of.js';
import { msxFile } from '../../installation.js';
import type { Renewal } from '../engine/spec.js';
import type { StartRequest } from '../engine/control/server.js';
import type { System } from '../../model/system/system.js';
import type { RunSettings } from './specs-of.js';

export interface ServiceSelection {
  /** Empty for all. */
  names: string[];
  except: string[];
  /** Services that are running already: they are watched as well. */
  running?: string[];
}

/** The request that makes the engine run these services, built from the current sources. */
export function startRequest(
  system: System,
  settings: RunSettings,
  { names, except, running = [] }: ServiceSelection,
): StartRequest {
  if (system.auth) ensureKeys(system.root);
  const specs = specsOf(system, settings);
  const start = names.length > 0 ? names : system.services.map(({ name }) => name);
  const all = closureOf(new Map(specs.map((spec) => [spec.name, spec])), start, except);
  const watched = system.services.filter(({ name }) => all.has(name) || running.includes(name));
  const { environment: _, ...runMode } = settings;
  return {
    specs,
    start,
    runMode,
    model: system,
    except: except.flatMap((name) => [name, buildTask(name)]),
    completed: freshBuilds(system, [...all]),
    ...(settings.watch && {
      sources: watchesOf(system, watched),
      renewal: renewalOf(system, settings),
    }),
  };
}

/** Runs in the environment of the user, like everything else. */
const renewalOf = ({ root }: System, { environment }: RunSettings): Renewal => ({
  cwd: root,
  argv: [process.execPath, msxFile, 'dev', 'restart', '--stale', '--json'],
  env: environment,
});

/** The build tasks of these services that are up to date. */
export function freshBuilds(system: System, names: string[]): string[] {
  const services = system.services.filter(({ name }) => names.includes(name));
  const left = withoutProgram(system, services);
  return services.filter((service) => !left.includes(service)).map(({ name }) => buildTask(name));
}

/** The environment of this process, for the processes that it starts. */
export function ownEnvironment(): Record<string, string> {
  const { MSX_RUN_TOKEN: _, ...environment } = process.env;
  return environment as Record<string, string>;
}
