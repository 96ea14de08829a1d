import { MsxError } from '../../terminal/errors/msx-error.js';

/**
 * `npm ci`, as in images. Scripts are ignored: no package needs them, and some would look for a C++ compiler. The
 * system's own `prepare` script generates the stubs that an editor needs.
 */
const COMMANDS = [
  ['ci', '--ignore-scripts', '--no-audit', '--no-fund'],
  ['run', '--if-present', 'prepare'],
];

/** Enough for some hundred packages over a slow connection. */
const TIMEOUT_MS = 1_800_000;

/** Throws INSTALL_FAILED and INTERRUPTED. */
export async function installPackages(folder: string, interrupted: AbortSignal): Promise<void> {
  for (const command of COMMANDS) await npm(command, { folder, interrupted });
}

async function npm(
  command: string[],
  { folder, interrupted }: { folder: string; interrupted: AbortSignal },
): Promise<void> {
  const { execa } = await import('execa');
  const { failed, all, shortMessage, isCanceled } = await execa('npm', command, {
    cwd: folder,
    reject: false,
    all: true,
    stdin: 'ignore',
    cancelSignal: interrupted,
    timeout: TIMEOUT_MS,
  });
  if (isCanceled || interrupted.aborted) throw new MsxError('INTERRUPTED', {});
  if (failed) throw new MsxError('INSTALL_FAILED', { output: lastLines(all) || (shortMessage ?? '') });
}

/** npm ends some of its errors with its usage text, which is unrelated to the error. */
const USAGE = /^npm error (?:Clean install a project|Usage:)[^]*/m;

const lastLines = (output = '') => output.replace(USAGE, '').trim().split('\n').slice(-15).join('\n');
