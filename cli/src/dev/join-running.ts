import { NoEngine } from '../engine/control/client.js';
import { wish } from './connect-engine.js';
import { engineOf } from './engine-of.js';
import { runningSystem } from './run-mode.js';
import { resourceNames } from './specs-of.js';
import { ownEnvironment, wishOf } from './wish-of.js';
import type { System } from '../system/system.js';

/** What became of a running system whose msx.yaml has changed. */
export type Joined = 'not running' | 'not watching' | 'joined';

/**
 * Has a system that runs under --watch go on with msx.yaml as it is now, and with these services, which are new; it
 * is built and run as the rest of it. Does not wait for them to start.
 */
export async function joinRunning(system: System, names: string[]): Promise<Joined> {
  try {
    const running = await runningSystem(system.root);
    if (!running) return 'not running';
    const { mode, wanted } = running;
    if (!mode.watch) return 'not watching';
    const surroundings = { ...mode, environment: ownEnvironment() };
    const known = resourceNames(system);
    const all = [...new Set([...wanted, ...names])].filter((name) => known.includes(name));
    await wish(system.root, wishOf(system, surroundings, { names: all, except: [] }));
    return 'joined';
  } catch (error) {
    if (error instanceof NoEngine) return 'not running';
    throw error;
  }
}

/** Ends services that msx.yaml has no more, where they run. */
export async function leaveRunning(root: string, names: string[]): Promise<void> {
  const engine = engineOf(root);
  try {
    const { resources } = await engine.snapshot();
    const up = names.filter((name) => resources.some((view) => view.name === name));
    if (up.length > 0) await engine.stop(up);
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
  }
}
