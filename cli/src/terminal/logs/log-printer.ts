import { jsonLines } from '../../inspection/logs/json-lines.js';
import { PrettyPrinter } from '../../inspection/logs/pretty.js';
import { coloursOf } from '../screen/colours.js';
import { readerGone } from '../process/guard-output.js';
import { interruptSignal } from '../process/interrupt-signal.js';
import { columnsOf } from '../screen/screen.js';
import type { Entry } from '../../inspection/logs/entries.js';

interface Options {
  /** The names of all services that may write entries. */
  readonly services: readonly string[];
  readonly json?: boolean;
  readonly wide?: boolean;
}

/** Formats entries for standard output. */
export function entryFormat({ services, json = false, wide = false }: Options): (entry: Entry) => string {
  if (json) return jsonLines;
  const { stdout } = process;
  const printer = new PrettyPrinter({
    services,
    wide,
    colours: coloursOf(stdout),
    columns: columnsOf(stdout),
  });
  return (entry) => printer.format(entry);
}

/**
 * Aborted by Ctrl-C, which is the normal end of following logs, and when nothing reads standard output any longer. A
 * second Ctrl-C exits without waiting for a reader that has stopped reading.
 */
export const followingInterrupted = (): AbortSignal =>
  AbortSignal.any([interruptSignal({ force: () => process.exit() }), readerGone()]);

/** Prints entries. A reader that closes the pipe, like head, ends the command. */
export function entryPrinter(options: Options): (entry: Entry) => void {
  readerGone().addEventListener('abort', () => process.exit());
  const format = entryFormat(options);
  return (entry) => process.stdout.write(`${format(entry)}\n`);
}
