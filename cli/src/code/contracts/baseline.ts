import { mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { MsxError, asMsxError } from '../../terminal/errors/msx-error.js';
import { git, gitOutput } from '../git/git.js';
import { topOf } from '../git/revision.js';
import { SYSTEM_FILE } from '../../model/system/find-root.js';
import { parseSystem } from '../../model/system/load-system.js';
import type { Revision } from '../git/revision.js';
import type { System } from '../../model/system/system.js';

/** A folder in the history of git: `name` identifies its tree within the repository at `top`. */
interface Tree {
  readonly top: string;
  readonly name: string;
}

/**
 * Checks out the system at a revision (its model, and its contracts in a temporary folder) while `work` runs. Throws
 * NOT_IN_GIT when git lacks any of it: contracts that cannot be compared must not count as compatible.
 */
export async function withBaseline<Result>(
  system: System,
  revision: Revision,
  work: (before: System) => Promise<Result>,
): Promise<Result> {
  const before = await modelAt(system, revision);
  const tree = await treeAt(system, before.protoFolder, revision);
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'msx-baseline-'));
  try {
    const protoFolder = join(folder, 'proto');
    mkdirSync(protoFolder);
    const failure = await extract(tree, { into: protoFolder, index: join(folder, 'index') });
    if (failure) throw notInGit(relative(system.root, before.protoFolder), revision, failure);
    return await work({ ...before, root: folder, protoFolder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

const notInGit = (file: string, { ref }: Revision, reason: string) =>
  new MsxError('NOT_IN_GIT', { file, ref, reason });

async function modelAt({ root }: System, revision: Revision): Promise<System> {
  const { ok, stdout, reason } = await git(root, ['show', `${revision.commit}:./${SYSTEM_FILE}`]);
  if (!ok) throw notInGit(SYSTEM_FILE, revision, reason);
  try {
    return parseSystem(stdout, root, () => true);
  } catch (error) {
    const [first] = asMsxError(error).message.split('\n');
    throw notInGit(`usable ${SYSTEM_FILE}`, revision, first!);
  }
}

async function treeAt({ root }: System, folder: string, revision: Revision): Promise<Tree> {
  const path = relative(root, folder);
  const name = `${revision.commit}:./${path}`;
  if ((await gitOutput(root, ['cat-file', '-t', name])) === 'tree')
    return { top: await topOf(root), name: (await gitOutput(root, ['rev-parse', name]))! };
  const linked = await submoduleTreeAt(root, folder, revision);
  if (linked) return linked;
  const { ok, reason } = await git(root, ['rev-parse', '--verify', name]);
  throw notInGit(path, revision, ok ? 'it is not a folder in this repository' : reason);
}

/** A submodule has a repository of its own; the outer repository records the commit it refers to. */
async function submoduleTreeAt(
  root: string,
  folder: string,
  { commit }: Revision,
): Promise<Tree | undefined> {
  const top = await gitOutput(folder, ['rev-parse', '--show-toplevel']);
  if (top === undefined || top === (await topOf(root))) return undefined;
  const link = `${commit}:./${relative(realpathSync(root), top)}`;
  const then = await gitOutput(root, ['rev-parse', '--verify', '--quiet', link]);
  return (then && { top, name: `${then}:${relative(top, realpathSync(folder))}` }) || undefined;
}

/** Returns the reason when git lacks part of it. Uses a separate index, so that the user's index does not change. */
async function extract(
  { top, name }: Tree,
  { into, index }: { into: string; index: string },
): Promise<string | undefined> {
  const read = await git(top, ['read-tree', '--no-sparse-checkout', name], { index });
  if (!read.ok) return read.reason;
  const written = await git(top, ['checkout-index', '--all', `--prefix=${into}/`], { index });
  if (!written.ok) return written.reason;
  const files = (await gitOutput(top, ['ls-tree', '-r', '--name-only', name])) ?? '';
  return /\.proto$/m.test(files) ? undefined : 'it contains no .proto file';
}
