import { createHash } from 'node:crypto';
import { existsSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { version } from 'esbuild';
import { execa } from 'execa';
import { warmPackagesFile } from '../../../installation.js';
import { replaceFolder } from '../../../model/files/replace-folder.js';
import { bundleCache, newFolder } from './bundle-cache.js';
import { BUNDLER_VERSION, bundleIn, writeManifest } from './bundle-manifest.js';
import { writeFacades } from './facades.js';
import { writePackages } from './write-packages.js';
import type { ModuleFormat, PackageBundle, PackageModule } from './bundle-manifest.js';
import type { InstalledPackages } from './installed-packages.js';

const WARM_TIMEOUT_MS = 120_000;

/**
 * The modules of packages, with everything they import, as one file beside its compiled code: loading that takes a
 * fraction of finding, reading and compiling some thousand files. A bundle is made once for the same packages, and kept
 * in the user's cache, for all systems that have them.
 */
export async function packageBundleOf(
  modules: readonly string[],
  installed: InstalledPackages,
): Promise<PackageBundle> {
  const family = join(bundleCache(), digestOf(familyOf(installed)));
  return bundleWith(modules, installed, family) ?? (await makeBundle(modules, installed, family));
}

/** Differs for other versions of packages, another Node and another bundler. */
const familyOf = ({ digest }: InstalledPackages): string =>
  [BUNDLER_VERSION, version, process.version, process.platform, process.arch, digest].join(' ');

/** A bundle that has at least these modules, made from the same files; undefined if there is none. */
function bundleWith(
  modules: readonly string[],
  installed: InstalledPackages,
  family: string,
): PackageBundle | undefined {
  if (!existsSync(family)) return undefined;
  return readdirSync(family)
    .map((name) => bundleIn(join(family, name)))
    .find(
      (bundle) =>
        bundle &&
        modules.every((module) => bundle.modules[module]) &&
        installed.contentOf(bundle.files) === bundle.content,
    );
}

async function makeBundle(
  modules: readonly string[],
  installed: InstalledPackages,
  family: string,
): Promise<PackageBundle> {
  const fresh = newFolder(family);
  try {
    const { formats, files } = await writePackages(modules, installed, join(fresh, 'packages.cjs'));
    const names = await warm(fresh, installed);
    const found = modules.map((path, n) => [path, moduleOf(formats[n]!, names[n]!)] as const);
    const content = installed.contentOf(files);
    writeFacades(
      fresh,
      found.map(([, module]) => module),
    );
    writeManifest(fresh, { modules: Object.fromEntries(found), files, content });
    const folder = join(family, digestOf([content, ...modules].join('\n')));
    replaceFolder(fresh, folder);
    return bundleIn(folder)!;
  } finally {
    rmSync(fresh, { recursive: true, force: true });
  }
}

/** `__esModule` is how a bundle marks an ES module. */
const moduleOf = (format: ModuleFormat, names: string[]): PackageModule => ({
  format,
  names: format === 'esm' ? names.filter((name) => name !== '__esModule') : names,
});

/** Evaluates the bundle in a process of its own, which saves its compiled code. Returns the exports of each module. */
async function warm(folder: string, installed: InstalledPackages): Promise<string[][]> {
  const args = ['--no-warnings', warmPackagesFile, folder, installed.folder];
  const { stdout } = await execa(process.execPath, args, {
    timeout: WARM_TIMEOUT_MS,
    stdin: 'ignore',
    env: { NODE_OPTIONS: '' },
  });
  return JSON.parse(stdout) as string[][];
}

const digestOf = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 16);
