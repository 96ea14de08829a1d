/**
 * Installs Apollo Server beside the gateway, where its engine finds it; npm knows nothing of it, and may remove the links.
 *   node gateway/apollo/install.mjs
 */
import { mkdirSync, rmSync, symlinkSync } from 'node:fs';
import { dirname, join, relative, resolve } from 'node:path';
import { installFolder } from '../../scripts/install-folder.mjs';
import manifest from './package.json' with { type: 'json' };

const packages = join(import.meta.dirname, 'node_modules');
const ofGateway = resolve(import.meta.dirname, '../node_modules');

installFolder('gateway/apollo');
for (const name of Object.keys(manifest.devDependencies)) {
  const link = join(ofGateway, name);
  mkdirSync(dirname(link), { recursive: true });
  rmSync(link, { force: true });
  symlinkSync(relative(dirname(link), join(packages, name)), link);
}
