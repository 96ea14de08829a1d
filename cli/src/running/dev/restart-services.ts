import { NoEngine } from '../engine/control/client.js';
import { movedFrom } from '../engine/control/run-file.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { chooseResources } from './choose-resources.js';
import { engineOf } from './engine-of.js';
import { requestStart } from './connect-engine.js';
import { renewedRequest } from './renewed-request.js';
import { runningSystem } from './run-mode.js';
import { untilStarted } from './start-system.js';
import { resourceNames } from './specs-of.js';
import { freshBuilds } from './start-request.js';
import type { Snapshot } from '../engine/snapshot.js';
import type { System } from '../../model/system/system.js';
import type { WaitOptions } from './start-system.js';

export interface RestartOptions {
  /** Restart only what is outdated. */
  stale?: boolean;
}

/**
 * Adopts the current msx.yaml and restarts everything, or only what is outdated with regard to msx.yaml, its sources or its
 * settings; waits until it has started. Throws NOT_RUNNING and MODE_DIFFERS.
 */
export async function restartSystem(
  system: System,
  { stale = false }: RestartOptions,
  waiting: WaitOptions,
): Promise<RestartResult> {
  const running = await runningSystem(system.root);
  if (!running) throw new MsxError('NOT_RUNNING', { what: 'the system' });
  const request = await renewedRequest(system, running);
  const { snapshot, at } = await requestStart(system.root, request, { interrupted: waiting.interrupted });
  const up = snapshot.resources.filter(({ kind, wanted }) => kind === 'service' && wanted);
  const names = up.map(({ name }) => name);
  if (!stale) await engineOf(system.root).restart({ names, completed: request.completed });
  const last = await untilStarted(system.root, names, waiting);
  const restarted = last.resources.filter(({ spawnedAt = 0 }) => spawnedAt >= at).map(({ name }) => name);
  return { snapshot: last, restarted: names.filter((name) => restarted.includes(name)) };
}

/** The restarted resources, and the state afterwards. */
export interface RestartResult {
  snapshot: Snapshot;
  restarted: string[];
}

/**
 * Restarts services with the settings that the engine has, and waits until they have started. Throws NOT_RUNNING,
 * SYSTEM_MOVED and UNKNOWN_SERVICE.
 */
export async function restartServices(
  system: System,
  { names, stale = false }: RestartOptions & { names: string[] },
  waiting: WaitOptions,
): Promise<RestartResult> {
  const client = engineOf(system.root);
  try {
    const { resources } = await client.snapshot();
    const from = movedFrom(system.root);
    if (from) throw new MsxError('SYSTEM_MOVED', { from });
    const services = resources.filter(({ kind }) => kind === 'service').map(({ name }) => name);
    const all = chooseResources([...services, ...resourceNames(system)], names);
    const outdated = stale ? (await client.details()).details.stale : all;
    const chosen = all.filter((name) => outdated.includes(name));
    const absent = chosen.find((name) => !resources.some((view) => view.name === name && view.wanted));
    if (absent) throw new MsxError('NOT_RUNNING', { what: absent, service: absent });
    await client.restart({ names: chosen, completed: freshBuilds(system, chosen) });
    return { snapshot: await untilStarted(system.root, chosen, waiting), restarted: chosen };
  } catch (error) {
    if (error instanceof NoEngine) throw new MsxError('NOT_RUNNING', { what: 'the system' });
    throw error;
  }
}
