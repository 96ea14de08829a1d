import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MsxError } from '../errors/msx-error.js';
import { manifestOf, packFolder } from './pack-folder.js';
import type { KnownFormats } from '../generate/changes/known-formats.js';
import type { Manifest } from './pack-folder.js';
import type { Packages } from './lock-file.js';

/** All that systems are made from: templates, the versions of packages, and the packages that no registry has. */
export interface Kit {
  readonly templates: string;
  readonly lock: Packages;
  readonly vendored: readonly Vendored[];
  /** How texts are formatted, which is added to; what the templates know of it unless given. */
  readonly formats?: KnownFormats;
}

export interface Vendored {
  readonly manifest: Manifest;
  /** In `vendor/`. */
  readonly file: string;
  readonly content: Buffer;
  /** Where it stands in the repository, whose lock file knows it as a workspace. */
  readonly workspace: string;
}

/**
 * Opens the kit that msx was packed with; in the repository, where nothing is packed, gathers it first.
 * @param packageFolder of @msx/cli
 */
export async function withKit<T>(packageFolder: string, use: (kit: Kit) => Promise<T>): Promise<T> {
  const script = join(packageFolder, 'collect-templates.mjs');
  if (!existsSync(script)) return use(await kitIn(join(packageFolder, 'templates'), packageFolder));
  const gathered = mkdtempSync(join(tmpdir(), 'msx-kit-'));
  try {
    const { collectTemplates } = (await import(pathToFileURL(script).href)) as {
      collectTemplates: (into: string) => Promise<void>;
    };
    await collectTemplates(gathered);
    return await use(await kitIn(gathered, packageFolder));
  } finally {
    rmSync(gathered, { recursive: true, force: true });
  }
}

async function kitIn(templates: string, packageFolder: string): Promise<Kit> {
  const { packages } = JSON.parse(readFileSync(join(templates, 'lock.json'), 'utf8')) as {
    packages: Packages;
  };
  const content = await packFolder(packageFolder, { templates });
  const cli = { manifest: manifestOf(packageFolder), content, workspace: 'cli' };
  return { templates, lock: packages, vendored: [named(cli), named(runtimeIn(templates))] };
}

/** Packed when msx was: its sources are not there any more. */
function runtimeIn(templates: string): Omit<Vendored, 'file'> {
  const folder = join(templates, 'vendor');
  const file = readdirSync(folder).find((name) => name.endsWith('.tgz'));
  if (!file)
    throw new MsxError('TEMPLATE_INVALID', { file: folder, line: 1, reason: 'no runtime was packed' });
  const manifest = JSON.parse(readFileSync(join(folder, 'runtime.json'), 'utf8')) as Manifest;
  return { manifest, content: readFileSync(join(folder, file)), workspace: 'runtime' };
}

/** As npm calls what it packs: msx-cli-0.1.0.tgz. */
const named = (vendored: Omit<Vendored, 'file'>): Vendored => {
  const { name, version } = vendored.manifest;
  return { ...vendored, file: `${name.replace('@', '').replace('/', '-')}-${version}.tgz` };
};
