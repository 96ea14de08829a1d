import { lstatSync } from 'node:fs';
import { join, relative } from 'node:path';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { readJson } from '../../model/system/read-file.js';
import { compiledTo, isCompiled } from './outputs.js';
import { entriesOf, sourcesOf } from './project-inputs.js';
import type { Project } from './project-inputs.js';

/** Why a project cannot be built, regardless of its code; checked before the compiler runs. */
export function buildFaultOf(root: string, { folder, problems }: Project): MsxError | undefined {
  if (problems.length > 0) return new MsxError('TSCONFIG_INVALID', { problems }) as MsxError;
  try {
    // The compiler treats an invalid package.json as absent and then reports misleading errors.
    readJson(join(folder, 'package.json'), root);
  } catch (error) {
    if (error instanceof MsxError) return error;
  }
  const sources = sourceProblems(folder).map(
    ({ path, reason }) => `${relative(root, join(folder, 'src', path))} ${reason}`,
  );
  return sources.length > 0 ? (new MsxError('SOURCES_REFUSED', { sources }) as MsxError) : undefined;
}

function sourceProblems(folder: string) {
  const links = [
    ...(lstatSync(join(folder, 'src'), { throwIfNoEntry: false })?.isSymbolicLink() ? [{ path: '' }] : []),
    ...entriesOf(folder).filter(({ entry }) => entry.isSymbolicLink()),
  ];
  const sources = sourcesOf(folder);
  const modules = new Map(
    sources.filter(isCompiled).flatMap((source) => compiledTo(source).map((output) => [output, source])),
  );
  return [
    ...links.map(({ path }) => ({
      path,
      reason: 'is a symbolic link: its target is outside the project',
    })),
    ...sources
      .filter((source) => modules.has(source))
      .map((path) => ({ path, reason: `would overwrite the compiled output of ${modules.get(path)!}` })),
  ];
}
