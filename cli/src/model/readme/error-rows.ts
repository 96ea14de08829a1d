import type { FileTree } from '../system/file-tree.js';

/** gRPC statuses by the kinds of the runtime's DomainError; the tests of the services check that both match. */
const STATUSES: Readonly<Record<string, string>> = {
  invalid: 'INVALID_ARGUMENT',
  'not-found': 'NOT_FOUND',
  conflict: 'ALREADY_EXISTS',
  precondition: 'FAILED_PRECONDITION',
  exhausted: 'RESOURCE_EXHAUSTED',
  unauthenticated: 'UNAUTHENTICATED',
  forbidden: 'PERMISSION_DENIED',
  unavailable: 'UNAVAILABLE',
  internal: 'INTERNAL',
};

/** An entry of defineErrors, as Prettier formats it. */
const ENTRY = /^\s+([A-Z][A-Z\d_]*): \{\s*kind: '([a-z-]+)',\s*when:\s*(['"])(.*?)\3,?\s*\}/gms;

/** The errors that a service declares in its `*.errors.ts`, by code. */
export function errorRows(files: FileTree, folder: string): string[][] {
  const texts = errorFiles(files, `${folder}/src`).map((path) => files.read(path)!);
  return texts
    .flatMap((text) => [...text.matchAll(ENTRY)])
    .map(([, code, kind, , when]) => [`\`${code}\``, `\`${STATUSES[kind!] ?? kind}\``, when!])
    .sort(([a], [b]) => (a! < b! ? -1 : 1));
}

function errorFiles(files: FileTree, folder: string): string[] {
  return files
    .names(folder)
    .filter((name) => name !== 'gen')
    .flatMap((name) => {
      const path = `${folder}/${name}`;
      if (name.endsWith('.errors.ts')) return [path];
      return name.includes('.') ? [] : errorFiles(files, path);
    });
}
