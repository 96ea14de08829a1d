import { posix } from 'node:path';

/**
 * The paths of the sources that changes can break: the changed ones, and those that import one. All sources when an
 * existing contract changes, because any of them may use its stubs.
 */
export function affectedFiles(
  changed: ReadonlySet<string>,
  sources: ReadonlyMap<string, string>,
  contractChanges: boolean,
): Set<string> {
  const files = [...sources].filter(
    ([file, text]) =>
      contractChanges || changed.has(file) || importsOf(file, text).some((each) => changed.has(each)),
  );
  return new Set(files.map(([file]) => file));
}

const IMPORT = /\b(?:from|import)\s*\(?\s*['"](\.[^'"]+)\.js['"]/g;

const importsOf = (file: string, text: string): string[] =>
  [...text.matchAll(IMPORT)].map(([, path]) => `${posix.join(posix.dirname(file), path!)}.ts`);
