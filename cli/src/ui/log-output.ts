import { jsonLines } from '../logs/json-lines.js';
import { PrettyPrinter } from '../logs/pretty.js';
import { coloursOf } from './colours.js';
import { interrupted } from './interrupted.js';
import { columnsOf } from './screen.js';
import type { Entry } from '../logs/entries.js';

interface Options {
  /** All that may write. */
  readonly services: readonly string[];
  readonly json?: boolean;
  readonly wide?: boolean;
}

/** Entries as text for standard output. */
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
 * Aborted by Ctrl-C, which is how following logs ends and not a failure. A second one ends it in the same way, without
 * waiting for a reader that has stopped reading.
 */
export const followingInterrupted = (): AbortSignal => interrupted({ atOnce: () => process.exit() });

/** Prints entries. A reader that has seen enough, like head, ends the command. */
export function entryPrinter(options: Options): (entry: Entry) => void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') process.exit();
  });
  const format = entryFormat(options);
  return (entry) => process.stdout.write(`${format(entry)}\n`);
}
