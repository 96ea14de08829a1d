import { existsSync, mkdirSync, mkdtempSync, realpathSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { MsxError } from '../errors/msx-error.js';
import { closest } from '../system/closest.js';
import { SYSTEM_FILE } from '../system/find-root.js';
import { parseSystem } from '../system/load-system.js';
import { git } from './git.js';
import type { System } from '../system/system.js';

/** Where a branch called main may be found when nobody says what to compare with. */
const MAIN = ['main', 'origin/main', 'master', 'origin/master'];

export interface Revision {
  /** As it was asked for. */
  readonly ref: string;
  readonly commit: string;
}

/** Throws NO_REPOSITORY, and REF_UNKNOWN for a branch, tag or commit that there is not. */
export async function revisionOf({ root }: System, ref?: string): Promise<Revision> {
  if ((await git(root, ['rev-parse', '--show-toplevel'])) === undefined)
    throw new MsxError('NO_REPOSITORY', { folder: root });
  for (const candidate of ref === undefined ? MAIN : [ref]) {
    const commit = await git(root, [
      'rev-parse',
      '--verify',
      '--quiet',
      '--end-of-options',
      `${candidate}^{commit}`,
    ]);
    if (commit) return { ref: candidate, commit };
  }
  const listed = await git(root, [
    'for-each-ref',
    '--format=%(refname:short)',
    'refs/heads',
    'refs/tags',
    'refs/remotes',
  ]);
  const known = (listed ?? '').split('\n').filter(Boolean);
  throw new MsxError('REF_UNKNOWN', { ref: ref ?? MAIN[0]!, similar: ref && closest(ref, known) });
}

/**
 * The system as it was at a revision: its model, and its contracts in a folder of their own while `work` runs. Nothing
 * when it had no contracts then. Where msx.yaml of then says nothing sensible, today's stands for it.
 */
export async function withBaseline<Result>(
  system: System,
  { commit }: Revision,
  work: (before: System) => Promise<Result>,
): Promise<Result | undefined> {
  const top = (await git(system.root, ['rev-parse', '--show-toplevel']))!;
  const place = relative(realpathSync(top), realpathSync(system.root));
  const model = await git(top, ['show', `${commit}:${join(place, SYSTEM_FILE)}`]);
  const before = model === undefined ? system : modelOf(model, system);
  const tree = `${commit}:${join(place, relative(system.root, before.protoFolder))}`;
  if ((await git(top, ['rev-parse', '--verify', '--quiet', tree])) === undefined) return undefined;
  const folder = mkdtempSync(join(realpathSync(tmpdir()), 'msx-baseline-'));
  try {
    const protoFolder = join(folder, 'proto');
    mkdirSync(protoFolder);
    await extract(top, tree, { into: protoFolder, index: join(folder, 'index') });
    return await work({ ...before, root: folder, protoFolder });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function modelOf(text: string, system: System): System {
  try {
    return parseSystem(text, system.root, () => true);
  } catch {
    return system;
  }
}

/** With an index of its own: that of the person stays as it is. */
async function extract(
  top: string,
  tree: string,
  { into, index }: { into: string; index: string },
): Promise<void> {
  const env = { GIT_INDEX_FILE: index };
  await git(top, ['read-tree', tree], env);
  await git(top, ['checkout-index', '--all', `--prefix=${into}/`], env);
  if (!existsSync(index))
    throw new MsxError('TOOL_MISSING', { tool: 'git', reason: `it does not read ${tree}` });
}
