import { isAlive } from '../processes/process-table.js';
import { EngineClient } from '../engine/control/client.js';
import { readRunFile } from '../engine/control/run-file.js';
import { socketPath } from '../engine/control/socket-path.js';
import { MsxError } from '../../terminal/errors/msx-error.js';

/**
 * A client for the engine of a system, whether it is running or not. Uses the socket in its record, which may differ from
 * the one that a new engine would use. Its calls throw ENGINE_SILENT if the engine does not answer in time.
 */
export function engineOf(root: string): EngineClient {
  const run = readRunFile(root);
  const isRunning = run !== undefined && isAlive(run.engine);
  const pid = isRunning ? run.engine.pid : undefined;
  const timeoutError = (ms: number) => new MsxError('ENGINE_SILENT', { pid, seconds: ms / 1_000 });
  return new EngineClient(isRunning ? run.socket : socketPath(root), timeoutError);
}
