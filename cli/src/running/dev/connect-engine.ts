import { spawn } from 'node:child_process';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openRunLog } from '../drivers/process/run-log.js';
import { NoEngine } from '../engine/control/client.js';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { engineFile } from '../../installation.js';
import { engineGone } from './engine-gone.js';
import { engineOf } from './engine-of.js';
import type { Exit } from '../engine/resource.js';
import type { StartRequest, StartResponse } from '../engine/control/server.js';

/** How long another live engine may take to start listening, or to exit. */
const CONNECT_TIMEOUT_MS = 15_000;
/** An engine first ends the leftovers of an earlier one, which takes some seconds. */
const STARTUP_TIMEOUT_MS = 30_000;
const POLL_MS = 20;

interface Message {
  kind: 'listening' | 'already running' | 'failed';
  reason?: string;
  /** Why it cannot run here, if that is not a defect. */
  refusal?: NonNullable<Exit['reason']>;
}

interface ConnectOptions {
  file?: string;
  interrupted?: AbortSignal;
}

/**
 * Sends a start request to the engine of a system, and starts an engine if there is none. Throws ENGINE_LOST, and
 * INTERRUPTED if nothing was requested yet: an engine that was started for it has exited then.
 */
export async function requestStart(
  root: string,
  request: StartRequest,
  { file = engineFile, interrupted }: ConnectOptions = {},
): Promise<StartResponse> {
  const deadline = Date.now() + CONNECT_TIMEOUT_MS;
  for (;;) {
    if (interrupted?.aborted) {
      await endIfIdle(root);
      throw new MsxError('INTERRUPTED', {});
    }
    try {
      return await engineOf(root).requestStart(request);
    } catch (error) {
      if (!(error instanceof NoEngine)) throw error;
    }
    const message = await spawnEngine(root, file);
    if (message.refusal) throw asError(message.refusal);
    if (message.kind === 'failed')
      throw new MsxError('ENGINE_LOST', { reason: message.reason ?? 'it exited at once' });
    if (message.kind === 'already running') await pause(POLL_MS);
    if (Date.now() > deadline) throw new MsxError('ENGINE_SILENT', { seconds: CONNECT_TIMEOUT_MS / 1_000 });
  }
}

/** Ends an engine unless it has requests to fulfil. */
async function endIfIdle(root: string): Promise<void> {
  try {
    const { engine, resources } = await engineOf(root).snapshot();
    if (resources.some(({ wanted }) => wanted)) return;
    await engineOf(root).stop();
    await engineGone(engine.pid);
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
  }
}

/** Starts an engine that outlives this process; resolves once it is listening, or has failed. */
function spawnEngine(root: string, file: string): Promise<Message> {
  const log = openRunLog({ log: join(root, '.msx/engine.log') });
  if ('refusal' in log) throw asError(log.refusal);
  const child = spawn(process.execPath, [file, '--root', root], {
    cwd: root,
    detached: true,
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
    env: { ...process.env, MSX_RUN_TOKEN: undefined },
  });
  log.close();
  return new Promise((resolve, reject) => {
    let reason: string | undefined;
    const timer = setTimeout(() => {
      reason = `it did not start within ${STARTUP_TIMEOUT_MS / 1_000} s`;
      child.kill('SIGKILL');
    }, STARTUP_TIMEOUT_MS);
    child.once('message', (message: Message) => {
      clearTimeout(timer);
      child.disconnect();
      child.unref();
      resolve(message);
    });
    child.once('exit', (code, signal) => {
      clearTimeout(timer);
      resolve({ kind: 'failed', reason: reason ?? `it exited with ${signal ?? code}` });
    });
    child.once('error', reject);
  });
}

/** A refusal of the engine as an error of the catalogue. */
function asError({ code, message, facts }: NonNullable<Exit['reason']>): MsxError {
  return facts
    ? new MsxError(code as 'INTERNAL', facts as { reason: string })
    : new MsxError('INTERNAL', { reason: message });
}
