import { MsxError } from '../errors/msx-error.js';
import type { NewSystem } from './new-system.js';

/** Throws GIT_FAILED when there is no git. */
export async function checkGit(): Promise<void> {
  await git('.', ['--version']);
}

/** A repository with a first commit, unless there is one around already. Throws GIT_FAILED. */
export async function makeRepository(folder: string, parent: string): Promise<NewSystem['repository']> {
  const around = await git(parent, ['rev-parse', '--is-inside-work-tree'], { tolerant: true });
  if (around === 'true') return 'around';
  await git(folder, ['-c', 'init.defaultBranch=main', 'init', '--quiet']);
  await git(folder, ['add', '--all']);
  const message = ['commit', '--quiet', '--no-verify', '-m', 'A new system, made by msx new'];
  return (await git(folder, message, { tolerant: true })) === undefined ? 'uncommitted' : 'made';
}

async function git(folder: string, args: string[], { tolerant = false } = {}): Promise<string | undefined> {
  const { execa } = await import('execa');
  const { failed, stdout, stderr, shortMessage } = await execa('git', args, {
    cwd: folder,
    reject: false,
    stdin: 'ignore',
  });
  if (!failed) return stdout.trim();
  if (tolerant) return undefined;
  throw new MsxError('GIT_FAILED', { reason: stderr?.trim() || (shortMessage ?? 'it ended') });
}
