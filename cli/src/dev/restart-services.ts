import { NoEngine } from '../engine/control/client.js';
import { MsxError } from '../errors/msx-error.js';
import { chooseResources } from './choose-resources.js';
import { engineOf } from './engine-of.js';
import { untilStarted } from './start-system.js';
import { resourceNames } from './specs-of.js';
import { freshBuilds } from './wish-of.js';
import type { Snapshot } from '../engine/snapshot.js';
import type { System } from '../system/system.js';
import type { Waiting } from './start-system.js';

/**
 * Runs services anew, as the engine was told to run them, and waits until they have started again. Throws NOT_RUNNING
 * and UNKNOWN_SERVICE.
 */
export async function restartServices(system: System, names: string[], waiting: Waiting): Promise<Snapshot> {
  const client = engineOf(system.root);
  try {
    const { resources } = await client.snapshot();
    const services = resources.filter(({ kind }) => kind === 'service').map(({ name }) => name);
    const chosen = chooseResources([...services, ...resourceNames(system)], names);
    const absent = chosen.find((name) => !resources.some((view) => view.name === name && view.wanted));
    if (absent) throw new MsxError('NOT_RUNNING', { what: absent, service: absent });
    await client.restart({ names: chosen, completed: freshBuilds(system, chosen) });
    return await untilStarted(system.root, chosen, waiting);
  } catch (error) {
    if (error instanceof NoEngine) throw new MsxError('NOT_RUNNING', { what: 'the system' });
    throw error;
  }
}
