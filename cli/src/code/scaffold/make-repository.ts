import { MsxError } from '../../terminal/errors/msx-error.js';
import { git, gitOutput } from '../git/git.js';

/**
 * `made`: a new repository with a first commit; `uncommitted`: without a commit, because git has no author; `around`:
 * inside an existing repository.
 */
export type Repository = 'made' | 'uncommitted' | 'around';

/** Throws GIT_FAILED when git is not installed. */
export async function checkGit(): Promise<void> {
  await gitOrThrow('.', ['--version']);
}

/** Creates a repository with a first commit, unless the folder is inside an existing one. Throws GIT_FAILED. */
export async function makeRepository(folder: string, parent: string): Promise<Repository> {
  if ((await gitOutput(parent, ['rev-parse', '--is-inside-work-tree'])) === 'true') return 'around';
  await gitOrThrow(folder, ['-c', 'init.defaultBranch=main', 'init', '--quiet']);
  await gitOrThrow(folder, ['add', '--all']);
  const message = ['commit', '--quiet', '--no-verify', '-m', 'A new system, created by msx new'];
  return (await git(folder, message)).ok ? 'made' : 'uncommitted';
}

async function gitOrThrow(folder: string, args: string[]): Promise<void> {
  const { ok, reason } = await git(folder, args);
  if (!ok) throw new MsxError('GIT_FAILED', { reason });
}
