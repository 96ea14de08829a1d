/**
 * Packs all published packages, as `npm publish` does, and fails when one of them would not be usable.
 *   node scripts/pack-packages.mjs FOLDER
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, readFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { installFolder } from './install-folder.mjs';
import { packedFaults } from './packed-faults.mjs';
import { publishedPackages, repositoryUrl } from './published-packages.mjs';

const root = resolve(import.meta.dirname, '..');
const into = resolve(process.argv[2] ?? join(root, 'node_modules/.cache/packages'));
mkdirSync(into, { recursive: true });
installFolder('lint');
const { filesOf, foreignFaults } = await import('../lint/packed-package.mjs');

const faults = [];
for (const { folder, manifest } of publishedPackages(root)) {
  const archive = readFileSync(join(into, pack(folder)));
  const found = [
    ...packedFaults(manifest, filesOf(archive), { url: repositoryUrl(root), directory: folder }),
    ...(await foreignFaults(archive, manifest)),
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
