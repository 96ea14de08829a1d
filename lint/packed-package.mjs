import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';

/** Packages are ESM, which CommonJS can require since Node 20.19. TypeScript before 4.7 (node10) cannot read their exports. */
const IGNORED_PROBLEMS = new Set(['CJSResolvesToESM']);
const IGNORED_RESOLUTION = 'node10';

/** The texts of the files in a packed package, by path. */
export function filesOf(archive) {
  const packed = createPackageFromTarballData(new Uint8Array(archive));
  const within = `/node_modules/${packed.packageName}/`;
  return new Map(packed.listFiles().map((path) => [path.slice(within.length), packed.readFile(path)]));
}

/** What other people's linters find wrong with a packed package and its types. */
export async function foreignFaults(archive, manifest) {
  return [...(await lintFaults(archive)), ...(await typeFaults(archive, manifest))];
}

async function lintFaults(archive) {
  const tarball = archive.buffer.slice(archive.byteOffset, archive.byteOffset + archive.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }));
}

async function typeFaults(archive, { exports, types }) {
  if (!exports && !types) return [];
  const { problems } = await checkPackage(createPackageFromTarballData(new Uint8Array(archive)));
  return problems
    .filter(
      ({ kind, resolutionKind }) => !IGNORED_PROBLEMS.has(kind) && resolutionKind !== IGNORED_RESOLUTION,
    )
    .map((problem) => JSON.stringify(problem));
}
