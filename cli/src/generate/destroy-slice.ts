import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeEmptyFolders } from './changes/apply-changes.js';
import { planRemoval } from './changes/plan-removal.js';
import { carryOut } from './carry-out.js';
import type { CarriedOut } from './carry-out.js';
import type { Workshop } from './workshop.js';

export interface Destroyed extends CarriedOut {
  /** What stays in the folders of what is gone, since msx did not write it: data, and a person's own files. */
  readonly left: string[];
}

/** What is made from sources, and gone with them. */
const MADE = ['dist', 'src/gen', 'node_modules'];

export interface DestroyOptions {
  readonly dryRun: boolean;
  /** What is to be done once nothing speaks against it, before it is gone. */
  readonly before?: () => Promise<void>;
}

/**
 * Undoes a generation while its files are pristine. Throws NOT_GENERATED, FILES_OWNED, and CONFIG_INVALID when others
 * need what would be gone.
 */
export async function destroySlice(
  workshop: Workshop,
  id: string,
  { dryRun, before }: DestroyOptions,
): Promise<Destroyed> {
  const { root } = workshop.system;
  const plan = await planRemoval(id, await workshop.ground());
  const done = carryOut(workshop, plan, { dryRun: true });
  if (!dryRun) await before?.();
  if (!dryRun) carryOut(workshop, plan, { dryRun });
  const folders = done.removed.filter((path) => path.endsWith('/package.json')).map((path) => dirname(path));
  if (!dryRun) for (const folder of folders) sweep(root, folder);
  const left = folders.flatMap((folder) => filesIn(root, folder));
  return { ...done, left: left.filter((path) => !done.removed.includes(path)) };
}

function sweep(root: string, folder: string): void {
  for (const made of MADE) rmSync(join(root, folder, made), { recursive: true, force: true });
  removeEmptyFolders(root, `${folder}/src`);
  removeEmptyFolders(root, folder);
}

function filesIn(root: string, folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const made = MADE.map((each) => `${folder}/${each}/`);
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !made.some((each) => file.startsWith(each)))
    .sort();
}
