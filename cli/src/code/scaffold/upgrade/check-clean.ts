import { MsxError } from '../../../terminal/errors/msx-error.js';
import { git, gitOutput } from '../../git/git.js';

/**
 * Checks that the work tree is clean, so that an upgrade can be reviewed and undone with git. Throws NO_REPOSITORY and
 * TREE_DIRTY.
 */
export async function checkClean(root: string): Promise<void> {
  const { ok, stdout, reason } = await git(root, ['status', '--porcelain', '.']);
  if (!ok) throw new MsxError('NO_REPOSITORY', { folder: root, reason });
  // Git never shows changes in an ignored folder.
  if ((await gitOutput(root, ['check-ignore', '--quiet', '.'])) !== undefined)
    throw new MsxError('NO_REPOSITORY', {
      folder: root,
      reason: 'it is ignored by the repository that contains it',
    });
  const files = stdout.split('\n').filter(Boolean);
  if (files.length > 0) throw new MsxError('TREE_DIRTY', { files: files.map((line) => line.slice(3)) });
}
