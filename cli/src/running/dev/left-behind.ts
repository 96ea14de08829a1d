import { leftoversOf } from '../drivers/process/end-leftovers.js';
import { isAlive } from '../processes/process-table.js';
import { leftoverCriteria } from '../drivers/process/leftover-criteria.js';
import { ANSWER_TIMEOUT_MS } from '../engine/control/client.js';
import { readRunFile } from '../engine/control/run-file.js';
import { MsxError } from '../../terminal/errors/msx-error.js';

/**
 * Processes of a run whose engine is gone. Throws ENGINE_SILENT if the engine is alive but cannot be reached, for example
 * because its socket has been removed.
 */
export function leftBehind(root: string): string[] {
  const engine = readRunFile(root)?.engine;
  if (engine && isAlive(engine))
    throw new MsxError('ENGINE_SILENT', { pid: engine.pid, seconds: ANSWER_TIMEOUT_MS / 1_000 });
  const names = leftoversOf(leftoverCriteria(root)).map(({ name, pid }) => name ?? `pid ${pid}`);
  return [...new Set(names)];
}
