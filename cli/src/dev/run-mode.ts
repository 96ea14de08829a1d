import { NoEngine } from '../engine/control/client.js';
import { MsxError } from '../errors/msx-error.js';
import { engineOf } from './engine-of.js';
import type { System } from '../system/system.js';
import type { Surroundings } from './specs-of.js';

/** How a whole system runs: what all of its services have to agree on, and whether edits are followed. */
export type RunMode = Omit<Surroundings, 'environment'>;

/** A system that runs, and of it what is to run. */
export interface RunningSystem {
  mode: RunMode;
  wanted: string[];
}

/** Nothing when no engine runs, or nothing is wanted of it any more. */
export async function runningSystem(root: string): Promise<RunningSystem | undefined> {
  try {
    const { runMode, wanted } = await engineOf(root).mode();
    return wanted.length > 0 ? { mode: runMode as unknown as RunMode, wanted } : undefined;
  } catch (error) {
    if (error instanceof NoEngine) return undefined;
    throw error;
  }
}

/**
 * The mode to start in: of a system that runs already its own, which only following edits can be added to. Throws
 * MODE_DIFFERS for any other wish.
 */
export function runModeFor(
  wanted: Partial<RunMode>,
  running: Partial<RunMode> | undefined,
  { broker }: Pick<System, 'broker'>,
): RunMode {
  const standard: RunMode = { mode: 'development', broker: broker.mode, tls: false, watch: false };
  const base = { ...standard, ...defined(running ?? {}) };
  const mode = { ...base, ...defined(wanted), watch: base.watch === true || wanted.watch === true };
  if (running && mode.mode !== base.mode)
    throw differs(`in ${base.mode} mode`, `msx dev start --env ${base.mode}`);
  if (running && mode.broker !== base.broker)
    throw differs(`with the ${brokerText(base.broker)}`, `msx dev start --broker ${base.broker}`);
  if (running && mode.tls !== base.tls) throw differs('without mutual TLS', 'msx dev start without --tls');
  return mode;
}

export const brokerText = (broker: RunMode['broker']): string =>
  ({ embedded: 'embedded broker', kafka: 'broker in Docker', external: 'external broker' })[broker];

const differs = (runs: string, join: string) => new MsxError('MODE_DIFFERS', { runs, join });

const defined = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
