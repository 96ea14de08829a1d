import { MsxError } from '../errors/msx-error.js';

/** `npm ci`, by the lock file. Throws INSTALL_FAILED and INTERRUPTED. */
export async function installPackages(folder: string, interrupted: AbortSignal): Promise<void> {
  const { execa } = await import('execa');
  const { failed, all, shortMessage, isCanceled } = await execa('npm', ['ci', '--no-audit', '--no-fund'], {
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
