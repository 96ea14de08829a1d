import { asMsxError } from '../errors/msx-error.js';
import { printError } from './print-error.js';

/**
 * Output may lead to a full disk or a terminal that is gone: that ends the command with an error, not with a stack. A
 * reader that has seen enough, like head, is no failure: what is written from then on is dropped, and the work goes on.
 */
export function guardOutput({ stdout, stderr } = process): void {
  // There is nowhere left to say it.
  stderr.on('error', () => undefined);
  stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code === 'EPIPE') return;
    printError(asMsxError(Object.assign(error, { path: 'standard output' })));
    process.exit();
  });
}
