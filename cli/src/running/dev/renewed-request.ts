import { MsxError } from '../../terminal/errors/msx-error.js';
import { brokerText } from './run-mode.js';
import { resourceNames } from './specs-of.js';
import { ownEnvironment, startRequest } from './start-request.js';
import type { StartRequest } from '../engine/control/server.js';
import type { System } from '../../model/system/system.js';
import type { RunningSystem } from './run-mode.js';

/**
 * The start request that makes a run adopt the current msx.yaml: with new services, but without those that the user has
 * excluded. Throws MODE_DIFFERS if msx.yaml now names another broker.
 */
export function renewedRequest(system: System, running: RunningSystem): StartRequest {
  const { mode, wanted, known, model } = running;
  if (model && model.broker.mode !== system.broker.mode && mode.broker !== system.broker.mode)
    throw new MsxError('MODE_DIFFERS', {
      runs: `with the ${brokerText(mode.broker)}, and msx.yaml names another`,
      join: `set broker.mode to ${mode.broker} in msx.yaml`,
    });
  const isExcluded = (name: string) => known.includes(name) && !wanted.includes(name);
  const all = resourceNames(system);
  const names = all.filter((name) => !isExcluded(name));
  return startRequest(
    system,
    { ...mode, environment: ownEnvironment() },
    { names, except: all.filter(isExcluded) },
  );
}
