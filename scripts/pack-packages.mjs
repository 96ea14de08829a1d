/**
 * Packs all published packages, as `npm publish` does, and fails when one of them would not be usable.
 *   node scripts/pack-packages.mjs FOLDER
 */
import { checkPackage, createPackageFromTarballData } from '@arethetypeswrong/core';
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { publint } from 'publint';
import { formatMessage } from 'publint/utils';
import { packedFaults } from './packed-faults.mjs';
import { publishedPackages, repositoryUrl } from './published-packages.mjs';

/** Packages are ESM, which CommonJS can require since Node 20.19. TypeScript before 4.7 (node10) cannot read their exports. */
const IGNORED_PROBLEMS = new Set(['CJSResolvesToESM']);
const IGNORED_RESOLUTION = 'node10';

const root = resolve(import.meta.dirname, '..');
const into = resolve(process.argv[2] ?? join(root, 'node_modules/.cache/packages'));
mkdirSync(into, { recursive: true });

const faults = [];
for (const { folder, manifest } of publishedPackages(root)) {
  const archive = readFileSync(join(into, pack(folder)));
  const packed = createPackageFromTarballData(new Uint8Array(archive));
  const found = [
    ...packedFaults(manifest, filesOf(packed), { url: repositoryUrl(root), directory: folder }),
    ...(await lintFaults(archive)),
    ...(await typeFaults(manifest, packed)),
  ];
  console.log(
    `${manifest.name}: ${found.length === 0 ? 'ready to be published' : `${found.length} problems`}`,
  );
  faults.push(...found.map((fault) => `${manifest.name}: ${fault}`));
}
for (const fault of faults) console.error(fault);
process.exitCode = faults.length === 0 ? 0 : 1;

function pack(folder) {
  const args = ['pack', '--json', '--workspace', folder, '--pack-destination', into];
  const printed = execFileSync('npm', args, {
    cwd: root,
    encoding: 'utf8',
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  // The scripts that npm runs print to the same stream first.
  return /"filename": "(.+)"/.exec(printed)[1].replace('@', '').replace('/', '-');
}

function filesOf(packed) {
  const within = `/node_modules/${packed.packageName}/`;
  return new Map(packed.listFiles().map((path) => [path.slice(within.length), packed.readFile(path)]));
}

async function lintFaults(archive) {
  const tarball = archive.buffer.slice(archive.byteOffset, archive.byteOffset + archive.byteLength);
  const { messages, pkg } = await publint({ pack: { tarball }, strict: true });
  return messages.map((message) => formatMessage(message, pkg, { color: false }));
}

async function typeFaults({ exports, types }, packed) {
  if (!exports && !types) return [];
  const { problems } = await checkPackage(packed);
  return problems
    .filter(
      ({ kind, resolutionKind }) => !IGNORED_PROBLEMS.has(kind) && resolutionKind !== IGNORED_RESOLUTION,
    )
    .map((problem) => JSON.stringify(problem));
}
