import { MsxError } from '../../terminal/errors/msx-error.js';
import { closest } from '../../model/system/closest.js';
import { git, gitOutput } from './git.js';

/** The default branch to compare with: the first of these that exists. */
const MAIN = ['main', 'origin/main', 'master', 'origin/master'];

export interface Revision {
  /** The name as requested. */
  readonly ref: string;
  readonly commit: string;
}

/** The top folder of the work tree that contains a folder, with links resolved. Throws NO_REPOSITORY. */
export async function topOf(folder: string): Promise<string> {
  const { ok, stdout, reason } = await git(folder, ['rev-parse', '--show-toplevel']);
  if (!ok) throw new MsxError('NO_REPOSITORY', { folder, reason });
  return stdout;
}

/** Throws NO_REPOSITORY, and REF_UNKNOWN for a branch, tag or commit that does not exist. */
export async function revisionOf(root: string, ref?: string): Promise<Revision> {
  await topOf(root);
  for (const candidate of ref === undefined ? MAIN : [ref]) {
    const name = ['--end-of-options', `${candidate}^{commit}`];
    const commit = await gitOutput(root, ['rev-parse', '--verify', '--quiet', ...name]);
    if (commit) return { ref: candidate, commit };
  }
  throw await unknown(root, ref);
}

async function unknown(root: string, ref: string = MAIN[0]!): Promise<MsxError> {
  const all = ['refs/heads', 'refs/tags', 'refs/remotes'];
  const listed = await gitOutput(root, ['for-each-ref', '--format=%(refname:short)', ...all]);
  const known = (listed ?? '').split('\n').filter(Boolean);
  const shallow = (await gitOutput(root, ['rev-parse', '--is-shallow-repository'])) === 'true';
  return new MsxError('REF_UNKNOWN', { ref, similar: closest(ref, known), shallow });
}
