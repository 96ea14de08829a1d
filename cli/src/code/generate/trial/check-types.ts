import { existsSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { typeErrors } from '../../build/type-errors.js';
import { generateStubs } from '../../contracts/generate-stubs.js';
import { MsxError } from '../../../terminal/errors/msx-error.js';
import { loadSystem } from '../../../model/system/load-system.js';
import { systemAfter } from '../changes/plan-projections.js';
import { sourceTextsOf } from '../parts/find-service.js';
import { affectedFiles } from './affected-files.js';
import { withTrial } from './trial-system.js';
import type { TypeError } from '../../build/type-errors.js';
import type { System } from '../../../model/system/system.js';
import type { Changes } from '../changes/changes.js';
import type { Trial } from './trial-system.js';

/**
 * Type-checks the result of changes before they are written. Errors that exist without the changes are ignored. Where
 * packages are not installed yet, the check is skipped. Throws GENERATED_BROKEN and PROTO_INVALID.
 */
export async function checkTypes(system: System, changes: Changes): Promise<void> {
  if (!existsSync(join(system.root, 'node_modules'))) return;
  const { services } = systemAfter(system, changes);
  const folders = services.map(({ path }) => path);
  const compiled = folders.filter((folder) =>
    [...changes.keys()].some((path) => path.startsWith(`${folder}/src/`)),
  );
  if (compiled.length === 0) return;
  const affected = affectedIn(system, { changes, compiled });
  const after = await errorsIn(system, { changes, compiled }, affected);
  if (after.length === 0 || after.some(isUninstalled)) return;
  const before = (await errorsIn(system, { changes: new Map(), compiled }, affected)).map(keyOf);
  const made = after.filter((error) => !before.includes(keyOf(error)));
  if (made.length > 0) throw new MsxError('GENERATED_BROKEN', { errors: made.map(({ text }) => text) });
}

function affectedIn({ root, protoFolder }: System, { changes, compiled }: Trial): Set<string> {
  const existing = compiled.flatMap((folder) => [...sourceTextsOf({ root }, { folder: join(root, folder) })]);
  const made = [...changes].filter(
    ([path, content]) =>
      content !== null &&
      path.endsWith('.ts') &&
      compiled.some((folder) => path.startsWith(`${folder}/src/`)),
  );
  const sources = new Map([...existing, ...made.map(([path, content]) => [path, String(content)] as const)]);
  const contracts = relative(root, protoFolder);
  const contractChanges = [...changes.keys()].some(
    (path) => path.startsWith(`${contracts}/`) && existsSync(join(root, path)),
  );
  return affectedFiles(new Set(changes.keys()), sources, contractChanges);
}

/** Whether TypeScript reports a missing package; a missing file is an ordinary error. */
const isUninstalled = ({ code, message }: TypeError) =>
  [2307, 7016].includes(code) && !/module '\./.test(message);

/** Identifies an error independent of its line. */
const keyOf = ({ file, code, message }: TypeError) => `${file} ${code} ${message}`;

function errorsIn(system: System, trial: Trial, affected: Set<string>): Promise<TypeError[]> {
  const present = trial.compiled.filter(
    (folder) => trial.changes.size > 0 || existsSync(join(system.root, folder)),
  );
  if (present.length === 0) return Promise.resolve([]);
  return withTrial(system, trial, async (root) => {
    const { services, ...rest } = loadSystem(root);
    leaveUnchecked(root, present, affected);
    await generateStubs(
      { services, ...rest },
      services.filter(({ path }) => present.includes(path)),
    );
    const config = join(root, 'tsconfig.trial.json');
    const files = [...affected].filter((file) => existsSync(join(root, file)));
    writeFileSync(config, JSON.stringify(configOf(present, files)));
    return typeErrors(root, config);
  });
}

/** Files that the changes do not affect are only read for their types: checking them would take most of the time. */
function leaveUnchecked(root: string, folders: readonly string[], affected: ReadonlySet<string>): void {
  for (const [file, text] of folders.flatMap((folder) => [
    ...sourceTextsOf({ root }, { folder: join(root, folder) }),
  ]))
    if (!affected.has(file)) writeFileSync(join(root, file), `// @ts-nocheck\n${text}`);
}

/** Uses the settings of the first service for all. */
const configOf = (folders: readonly string[], files: readonly string[]) => ({
  extends: `./${folders[0]}/tsconfig.json`,
  compilerOptions: {
    composite: false,
    incremental: false,
    declaration: false,
    noEmit: true,
    rootDir: '.',
    tsBuildInfoFile: null,
  },
  files,
  include: folders.map((folder) => `${folder}/src/**/*.d.ts`),
  exclude: [],
});
