import { existsSync, mkdirSync, realpathSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { onExit } from 'signal-exit';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { serviceChecks } from '../generate/service/service-checks.js';
import { systemProjections } from '../../shipping/kubernetes/system-projections.js';
import { loadSystem } from '../../model/system/load-system.js';
import { writeProjection } from '../../model/system/projection.js';
import { generateFirst } from './generate-first.js';
import { installPackages } from './install-packages.js';
import { makeRepository, checkGit } from './make-repository.js';
import { renderSystem } from './render-system.js';
import { systemName } from './system-request.js';
import type { Kit } from './kit.js';
import type { Repository } from './make-repository.js';
import type { FirstService, SystemRequest } from './system-request.js';

export interface NewSystemOptions {
  /** Absolute; must not exist. */
  readonly folder: string;
  readonly git: boolean;
  readonly install: boolean;
  readonly interrupted: AbortSignal;
  /** Called when a step begins. */
  readonly onStep?: (step: Step) => void;
}

export type Step = 'files' | 'packages' | 'repository';

export interface NewSystem {
  readonly name: string;
  readonly folder: string;
  readonly services: string[];
  readonly installed: boolean;
  readonly repository: Repository | 'none';
}

/**
 * Creates a system, or nothing: it is created in a temporary folder and moved into place when it is complete. Throws
 * NAME_INVALID, FOLDER_NOT_EMPTY, FOLDER_READ_ONLY, GIT_FAILED, INSTALL_FAILED and INTERRUPTED.
 */
export async function newSystem(
  request: SystemRequest,
  kit: Kit,
  options: NewSystemOptions,
): Promise<NewSystem> {
  const { folder, git, install, interrupted, onStep = () => undefined } = options;
  const name = systemName(request.name);
  checkFolder(folder);
  await checkRequest(request, { git });
  const draft = draftFolder(folder);
  const remove = () => rmSync(draft, { recursive: true, force: true });
  const forget = onExit(remove);
  try {
    onStep('files');
    writeAll(draft, renderSystem(request, kit));
    // Generating a service also writes the projections of msx.yaml.
    const generated = await generateFirst(draft, request, { kit, interrupted });
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

/** The checks that need no kit. Throws NAME_INVALID, FIELDS_INVALID and GIT_FAILED. */
export async function checkRequest({ name, first }: SystemRequest, { git }: { git: boolean }): Promise<void> {
  systemName(name);
  if (first)
    for (const [key, check] of Object.entries(serviceChecks)) check(first[key as keyof FirstService]);
  if (git) await checkGit();
}

/** Checks that a system can be created in a folder. Throws FOLDER_NOT_EMPTY and FOLDER_READ_ONLY. */
export function checkFolder(folder: string): void {
  if (existsSync(folder)) throw new MsxError('FOLDER_NOT_EMPTY', { folder });
  rmSync(draftFolder(folder), { recursive: true });
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
