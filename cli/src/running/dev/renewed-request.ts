import { MsxError } from '../../terminal/errors/msx-error.js';
import { isolate } from './isolate.js';
import { brokerText } from './run-mode.js';
import { resourceNames } from './specs-of.js';
import { ownEnvironment, startRequest } from './start-request.js';
import type { StartRequest } from '../engine/control/server.js';
import type { System } from '../../model/system/system.js';
import type { RunningSystem } from './run-mode.js';

/**
 * The start request that makes a run adopt the current msx.yaml: with new services, but without those that the user has
 * excluded. An isolated run keeps its ports. Throws MODE_DIFFERS if msx.yaml now names another broker.
 */
export async function renewedRequest(declared: System, running: RunningSystem): Promise<StartRequest> {
  const { mode, wanted, known, model } = running;
  if (model && model.broker.mode !== declared.broker.mode && mode.broker !== declared.broker.mode)
    throw new MsxError('MODE_DIFFERS', {
      runs: `with the ${brokerText(mode.broker)}, and msx.yaml names another`,
      join: `set broker.mode to ${mode.broker} in msx.yaml`,
    });
  const system = mode.isolated ? await isolate(declared, mode, model?.isolated) : declared;
  const isExcluded = (name: string) => known.includes(name) && !wanted.includes(name);
  const all = resourceNames(system);
  const names = all.filter((name) => !isExcluded(name));
  return startRequest(
    system,
    { ...mode, environment: ownEnvironment() },
    { names, except: all.filter(isExcluded) },
  );
}
