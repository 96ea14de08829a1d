import { spawn } from 'node:child_process';
import { fstatSync } from 'node:fs';
import { setMaxListeners } from 'node:events';
import { asMsxError } from '../errors/msx-error.js';
import { printError } from './print-error.js';

const STDOUT = 1;
const gone = new AbortController();
setMaxListeners(Infinity, gone.signal);
let watching = false;

/**
 * Writing to a full disk or a closed terminal ends the command with an error, not with a stack trace. A reader that
 * closes the pipe early, like head, is not a failure: further output is dropped, and the command finishes its work. A
 * command that runs until it is interrupted ends through `readerGone`.
 */
export function guardOutput({ stdout, stderr } = process): void {
  // There is nowhere left to report it.
  stderr.on('error', () => undefined);
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return gone.abort();
    printError(asMsxError(Object.assign(error, { path: 'standard output' })));
    process.exit();
  });
}

/**
 * Aborted when nothing reads standard output any longer: commands that follow something end then. A failing write shows
 * it; while nothing is written, the pipe has to be watched.
 */
export function readerGone(): AbortSignal {
  if (!watching && fstatSync(STDOUT).isFIFO()) watchReader();
  watching = true;
  return gone.signal;
}

/** Never aborted: what is about to be changed is read and changed completely, even if nothing reads the output. */
export const readerIgnored: AbortSignal = new AbortController().signal;

/**
 * Only poll(2) shows that a pipe has lost its reader (POLLERR), and Node has no access to it. GNU tail does, and dies of
 * SIGPIPE then; other versions of tail exit at once or keep running, and both are ignored.
 */
function watchReader(): void {
  const watcher = spawn('tail', ['-f', `--pid=${process.pid}`, '/dev/null'], {
    stdio: ['ignore', STDOUT, 'ignore'],
  });
  watcher.on('error', () => undefined);
  watcher.once('exit', (_, signal) => signal === 'SIGPIPE' && gone.abort());
  watcher.unref();
  process.once('exit', () => watcher.kill());
}
