import { setTimeout as pause } from 'node:timers/promises';
import { asMsxError } from '../../terminal/errors/msx-error.js';
import { hashFolder } from '../../model/system/hash-folder.js';
import { FileWatcher } from '../../running/watching/file-watcher.js';
import { generateStubs } from './generate-stubs.js';
import { staleStubs } from './stub-stamp.js';
import type { MsxError } from '../../terminal/errors/msx-error.js';
import type { Service, System } from '../../model/system/system.js';

type Result = { generated: Service[] } | { error: MsxError };

/** No watcher is fully reliable: the contracts are also checked at this interval. */
const POLL_INTERVAL_MS = 2_000;

/** Generates now and after every change in the proto folder, endlessly; contracts that do not compile do not end it. */
export async function* watchContracts(system: System, services: Service[]): AsyncGenerator<Result> {
  let edited = new AbortController();
  const watcher = new FileWatcher(() => edited.abort());
  try {
    await watcher.follow([{ folder: system.protoFolder }]);
    let seen: string | undefined;
    for (let failed = false; ; await untilEdited(edited.signal)) {
      edited = new AbortController();
      const first = seen === undefined;
      const now = contentOf(system.protoFolder);
      if (now === seen && (failed || staleStubs(system, services).length === 0)) continue;
      seen = now;
      const result = await attempt(system, services);
      failed = 'error' in result;
      if (first || 'error' in result || result.generated.length > 0) yield result;
    }
  } finally {
    watcher.close();
  }
}

const untilEdited = (edited: AbortSignal) =>
  pause(POLL_INTERVAL_MS, undefined, { signal: edited }).catch(() => undefined);

function contentOf(folder: string): string {
  try {
    return hashFolder(folder);
  } catch {
    // A file that disappears during reading is being edited: the folder is read again.
    return '';
  }
}

async function attempt(system: System, services: Service[]): Promise<Result> {
  try {
    return { generated: await generateStubs(system, services) };
  } catch (error) {
    return { error: asMsxError(error) };
  }
}
