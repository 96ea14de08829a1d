import { NoEngine } from '../engine/control/client.js';
import { requestStart } from './connect-engine.js';
import { engineOf } from './engine-of.js';
import { runningSystem } from './run-mode.js';
import { renewedRequest } from './renewed-request.js';
import type { System } from '../../model/system/system.js';

/** Whether a running system has adopted a changed msx.yaml. */
export type JoinResult = 'not running' | 'not watching' | 'joined';

/**
 * Makes a system that runs with --watch adopt the current msx.yaml with these new services, which are built and run like
 * the others. Does not wait for them to start.
 */
export async function joinRunning(system: System, names: string[]): Promise<JoinResult> {
  try {
    const running = await runningSystem(system.root);
    if (!running) return 'not running';
    if (!running.mode.watch) return 'not watching';
    const wanted = [...running.wanted, ...names];
    await requestStart(system.root, await renewedRequest(system, { ...running, wanted }));
    return 'joined';
  } catch (error) {
    if (error instanceof NoEngine) return 'not running';
    throw error;
  }
}

/** Stops running services that are no longer in msx.yaml. */
export async function stopRemoved(root: string, names: string[]): Promise<void> {
  const engine = engineOf(root);
  try {
    const { resources } = await engine.snapshot();
    const up = names.filter((name) => resources.some((view) => view.name === name));
    if (up.length > 0) await engine.stop(up);
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
  }
}
