import { NoEngine } from '../engine/control/client.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { engineOf } from './engine-of.js';
import type { System } from '../../model/system/system.js';
import type { RunSettings } from './specs-of.js';

/** The mode of a whole system: settings that all of its services share, and whether edits are followed. */
export type RunMode = Omit<RunSettings, 'environment'>;

/** A running system, and the resources that are requested of it. */
export interface RunningSystem {
  mode: RunMode;
  wanted: string[];
  /** Names of all resources, from the latest start request. */
  known: string[];
  /** The model of the run. */
  model?: System;
}

/** @returns undefined if no engine is running, or nothing is requested of it any longer */
export async function runningSystem(root: string): Promise<RunningSystem | undefined> {
  try {
    const { runMode, model, ...rest } = await engineOf(root).mode();
    if (rest.wanted.length === 0) return undefined;
    return { ...rest, mode: runMode as unknown as RunMode, model: model as System | undefined };
  } catch (error) {
    if (error instanceof NoEngine) return undefined;
    throw error;
  }
}

/**
 * The mode to start in. A system that is running keeps its mode; only watching and debugging can be added. Throws
 * MODE_DIFFERS for any other difference.
 */
export function runModeFor(
  requested: Partial<RunMode>,
  running: Partial<RunMode> | undefined,
  { broker }: Pick<System, 'broker'>,
): RunMode {
  const defaults: RunMode = { mode: 'development', broker: broker.mode, tls: false, watch: false };
  const base = { ...defaults, ...defined(running ?? {}) };
  const inspect = [...new Set([...(base.inspect ?? []), ...(requested.inspect ?? [])])];
  const mode = {
    ...base,
    ...defined(requested),
    watch: base.watch === true || requested.watch === true,
    ...(inspect.length > 0 && { inspect }),
  };
  if (running) refuseChange(mode, base);
  return mode;
}

function refuseChange(mode: RunMode, running: RunMode): void {
  const { mode: env, broker, tls, isolated = false } = running;
  if (mode.mode !== env) throw differs(`in ${env} mode`, `msx dev start --env ${env}`);
  if (mode.broker !== broker)
    throw differs(`with the ${brokerText(broker)}`, `msx dev start --broker ${broker}`);
  if (mode.tls !== tls) throw differs('without mutual TLS', 'msx dev start without --tls');
  if (mode.isolated !== undefined && mode.isolated !== isolated)
    throw isolated
      ? differs('on ports of its own', 'msx dev start --isolated')
      : differs('on the ports in msx.yaml', 'msx dev start --no-isolated');
}

export const brokerText = (broker: RunMode['broker']): string =>
  ({ embedded: 'embedded broker', kafka: 'broker in Docker', external: 'external broker' })[broker];

const differs = (runs: string, join: string) => new MsxError('MODE_DIFFERS', { runs, join });

const defined = <T extends object>(values: T): Partial<T> =>
  Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
