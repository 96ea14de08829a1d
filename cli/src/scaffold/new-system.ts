import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { onExit } from 'signal-exit';
import { MsxError } from '../errors/msx-error.js';
import { systemProjections } from '../kubernetes/system-projections.js';
import { loadSystem } from '../system/load-system.js';
import { writeProjection } from '../system/projection.js';
import { generateFirst } from './generate-first.js';
import { installPackages } from './install-packages.js';
import { makeRepository, checkGit } from './make-repository.js';
import { renderSystem } from './render-system.js';
import { systemName } from './system-wish.js';
import type { Kit } from './kit.js';
import type { SystemWish } from './system-wish.js';

export interface NewSystemOptions {
  /** Absolute; must not exist. */
  readonly folder: string;
  readonly git: boolean;
  readonly install: boolean;
  readonly interrupted: AbortSignal;
  /** Told when a step begins. */
  readonly onStep?: (step: Step) => void;
}

export type Step = 'files' | 'packages' | 'repository';

export interface NewSystem {
  readonly name: string;
  readonly folder: string;
  readonly services: string[];
  readonly installed: boolean;
  /** `made`: with a first commit; `uncommitted`: git knows no author; `around`: in a repository that was there. */
  readonly repository: 'made' | 'uncommitted' | 'around' | 'none';
}

/**
 * Makes a system, or nothing: all is made beside the place it is for, and moved there when it is whole. Throws
 * NAME_INVALID, FOLDER_NOT_EMPTY, FOLDER_READ_ONLY, GIT_FAILED, INSTALL_FAILED and INTERRUPTED.
 */
export async function newSystem(wish: SystemWish, kit: Kit, options: NewSystemOptions): Promise<NewSystem> {
  const { folder, git, install, interrupted, onStep = () => undefined } = options;
  const name = systemName(wish.name);
  if (existsSync(folder)) throw new MsxError('FOLDER_NOT_EMPTY', { folder });
  if (git) await checkGit();
  const draft = draftFolder(folder);
  const remove = () => rmSync(draft, { recursive: true, force: true });
  const forget = onExit(remove);
  try {
    onStep('files');
    writeAll(draft, renderSystem(wish, kit));
    // What generates writes what follows from msx.yaml, too.
    const generated = await generateFirst(draft, wish, { kit, interrupted });
    const system = loadSystem(draft);
    if (!generated) for (const each of systemProjections(system)) writeProjection(each, draft);
    if (install) onStep('packages');
    if (install) await installPackages(draft, interrupted);
    if (git) onStep('repository');
    const repository = git ? await makeRepository(draft, dirname(folder)) : 'none';
    if (interrupted.aborted) throw new MsxError('INTERRUPTED', {});
    if (existsSync(folder)) throw new MsxError('FOLDER_NOT_EMPTY', { folder });
    renameSync(draft, folder);
    return {
      name,
      folder,
      services: system.services.map((each) => each.name),
      installed: install,
      repository,
    };
  } finally {
    forget();
    remove();
  }
}

/** Throws FOLDER_READ_ONLY. */
function draftFolder(folder: string): string {
  const parent = dirname(folder);
  try {
    mkdirSync(parent, { recursive: true });
    const draft = join(realpathSync(parent), `.${basename(folder)}.msx-${process.pid}`);
    mkdirSync(draft);
    return draft;
  } catch (error) {
    const { code = '', message } = error as NodeJS.ErrnoException;
    if (!['EACCES', 'EPERM', 'EROFS', 'ENOTDIR', 'EEXIST', 'ENOENT', 'ENAMETOOLONG', 'ELOOP'].includes(code))
      throw error;
    throw new MsxError('FOLDER_READ_ONLY', { folder: parent, reason: message }, { cause: error });
  }
}

function writeAll(root: string, contents: ReadonlyMap<string, string | Buffer>): void {
  const folders = new Set([...contents.keys()].map((path) => dirname(join(root, path))));
  for (const folder of folders) mkdirSync(folder, { recursive: true });
  for (const [path, content] of contents) writeFileSync(join(root, path), content);
}
