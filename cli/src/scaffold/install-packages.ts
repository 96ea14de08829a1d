import { MsxError } from '../errors/msx-error.js';

/**
 * `npm ci`, by the lock file, and as images do it: no package of a system needs a script of its own to be run, and some
 * would look for a C++ compiler.
 */
const COMMAND = ['ci', '--ignore-scripts', '--no-audit', '--no-fund'];

/** Throws INSTALL_FAILED and INTERRUPTED. */
export async function installPackages(folder: string, interrupted: AbortSignal): Promise<void> {
  const { execa } = await import('execa');
  const { failed, all, shortMessage, isCanceled } = await execa('npm', COMMAND, {
    cwd: folder,
    reject: false,
    all: true,
    stdin: 'ignore',
    cancelSignal: interrupted,
  });
  if (isCanceled || interrupted.aborted) throw new MsxError('INTERRUPTED', {});
  if (failed) throw new MsxError('INSTALL_FAILED', { output: lastLines(all) || (shortMessage ?? '') });
}

const lastLines = (output = '') => output.trim().split('\n').slice(-15).join('\n');
