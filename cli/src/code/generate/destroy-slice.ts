import { existsSync, readdirSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { removeEmptyFolders } from './changes/apply-changes.js';
import { planRemoval } from './changes/plan-removal.js';
import { applyPlan } from './apply-plan.js';
import type { AppliedPlan } from './apply-plan.js';
import type { GeneratorContext } from './generator-context.js';

export interface DestroyResult extends AppliedPlan {
  /** The files left in removed folders because msx did not write them: data, and the user's own files. */
  readonly left: string[];
}

/** Build outputs, which are removed together with the sources. */
const BUILD_OUTPUTS = ['dist', 'src/gen', 'node_modules'];

export interface DestroyOptions {
  readonly dryRun: boolean;
  /** Whether to delete files that the user has changed, too. */
  readonly force?: boolean;
  /** Called after all checks have passed, before anything is deleted. */
  readonly before?: () => Promise<void>;
}

/**
 * Undoes a generation whose files are unchanged, or changed ones with `force`. Throws NOT_GENERATED, FILES_OWNED, and
 * CONFIG_INVALID when others need what would be removed.
 */
export async function destroySlice(
  context: GeneratorContext,
  id: string,
  { dryRun, force, before }: DestroyOptions,
): Promise<DestroyResult> {
  const { root } = context.system;
  const plan = await planRemoval(id, await context.state(), { force });
  const done = applyPlan(context, plan, { dryRun: true });
  if (!dryRun) await before?.();
  if (!dryRun) applyPlan(context, plan, { dryRun });
  const folders = done.removed.filter((path) => path.endsWith('/package.json')).map((path) => dirname(path));
  if (!dryRun) for (const folder of folders) removeBuildOutputs(root, folder);
  const left = folders.flatMap((folder) => filesIn(root, folder));
  return { ...done, left: left.filter((path) => !done.removed.includes(path)) };
}

function removeBuildOutputs(root: string, folder: string): void {
  for (const made of BUILD_OUTPUTS) rmSync(join(root, folder, made), { recursive: true, force: true });
  removeEmptyFolders(root, `${folder}/src`);
  removeEmptyFolders(root, folder);
}

function filesIn(root: string, folder: string): string[] {
  const path = join(root, folder);
  if (!existsSync(path)) return [];
  const made = BUILD_OUTPUTS.map((each) => `${folder}/${each}/`);
  return readdirSync(path, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(root.length + 1))
    .filter((file) => !made.some((each) => file.startsWith(each)))
    .sort();
}
