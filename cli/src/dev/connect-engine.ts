import { spawn } from 'node:child_process';
import { constants } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { openRunLog } from '../drivers/process/run-log.js';
import { NoEngine } from '../engine/control/client.js';
import { MsxError } from '../errors/msx-error.js';
import { engineFile } from '../installation.js';
import { engineGone } from './engine-gone.js';
import { engineOf } from './engine-of.js';
import type { Exit } from '../engine/resource.js';
import type { Granted, Wish } from '../engine/control/server.js';

/** Another engine that lives may be about to listen, or to leave; longer than this it is neither. */
const PATIENCE_MS = 15_000;
const POLL_MS = 20;

interface Message {
  kind: 'listening' | 'another lives' | 'failed';
  reason?: string;
}

interface WishOptions {
  file?: string;
  interrupted?: AbortSignal;
}

/**
 * Has the engine of a system grant a wish, starting one, from its file, where there is none. Throws ENGINE_LOST, and
 * INTERRUPTED when nothing was granted yet: an engine that was started in vain has ended then.
 */
export async function wish(
  root: string,
  what: Wish,
  { file = engineFile, interrupted }: WishOptions = {},
): Promise<Granted> {
  const deadline = Date.now() + PATIENCE_MS;
  for (;;) {
    if (interrupted?.aborted) {
      await endUnasked(root);
      throw new MsxError('INTERRUPTED', {});
    }
    try {
      return await engineOf(root).want(what);
    } catch (error) {
      if (!(error instanceof NoEngine)) throw error;
    }
    const message = await spawnEngine(root, file);
    if (message.kind === 'failed')
      throw new MsxError('ENGINE_LOST', { reason: message.reason ?? 'it ended at once' });
    if (message.kind === 'another lives') await pause(POLL_MS);
    if (Date.now() > deadline) throw new MsxError('ENGINE_LOST', { reason: 'it lives, but does not listen' });
  }
}

/** Ends an engine that nobody wants anything of. */
async function endUnasked(root: string): Promise<void> {
  try {
    const { engine, resources } = await engineOf(root).snapshot();
    if (resources.some(({ wanted }) => wanted)) return;
    await engineOf(root).stop();
    await engineGone(engine.pid);
  } catch (error) {
    if (!(error instanceof NoEngine)) throw error;
  }
}

/** Starts an engine that outlives this process; resolves once it listens, or will not. */
function spawnEngine(root: string, file: string): Promise<Message> {
  const log = openRunLog(join(root, '.msx/engine.log'), constants.O_APPEND);
  if ('refusal' in log) throw asError(log.refusal);
  const child = spawn(process.execPath, [file, '--root', root], {
    cwd: root,
    detached: true,
    stdio: ['ignore', log.fd, log.fd, 'ipc'],
    env: { ...process.env, MSX_RUN_TOKEN: undefined },
  });
  log.close();
  return new Promise((resolve, reject) => {
    child.once('message', (message: Message) => {
      child.disconnect();
      child.unref();
      resolve(message);
    });
    child.once('exit', (code, signal) =>
      resolve({ kind: 'failed', reason: `it ended with ${signal ?? code}` }),
    );
    child.once('error', reject);
  });
}

/** A refusal of the engine as an error of the catalogue. */
export function asError({ code, message, facts }: NonNullable<Exit['reason']>): MsxError {
  return facts
    ? new MsxError(code as 'INTERNAL', facts as { reason: string })
    : new MsxError('INTERNAL', { reason: message });
}
