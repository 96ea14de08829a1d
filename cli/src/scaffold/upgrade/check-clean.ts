import { MsxError } from '../../errors/msx-error.js';

/** So that what an upgrade changes can be seen, and undone, by git alone. Throws NO_REPOSITORY and TREE_DIRTY. */
export async function checkClean(root: string): Promise<void> {
  const { execa } = await import('execa');
  const { failed, stdout } = await execa('git', ['status', '--porcelain', '.'], {
    cwd: root,
    reject: false,
    stdin: 'ignore',
  });
  if (failed) throw new MsxError('NO_REPOSITORY', { folder: root });
  const files = stdout.split('\n').filter(Boolean);
  if (files.length > 0) throw new MsxError('TREE_DIRTY', { files: files.map((line) => line.slice(3)) });
}
