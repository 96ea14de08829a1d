import { join } from 'node:path';
import { replaceFile } from '../../../model/files/replace-file.js';

/**
 * Stands for a package that is not installed. A bundle is one module, whose imports are all loaded at its start: such a
 * package fails where it is imported instead, which may be in a file that is loaded on demand, or never.
 */
export const failureOf = (name: string): string => `
module.exports = {};
throw Object.assign(new Error(${JSON.stringify(`Cannot find package '${name}'`)}), { code: 'ERR_MODULE_NOT_FOUND' });
`;

/** Writes what stands for each of these to a folder. Returns the files by what own code calls the packages. */
export function writeFailures(folder: string, names: readonly string[]): Record<string, string> {
  const files = names.map((name, n) => [name, join(folder, `missing-${n}.cjs`)] as const);
  for (const [name, file] of files) replaceFile(file, failureOf(name));
  return Object.fromEntries(files);
}
