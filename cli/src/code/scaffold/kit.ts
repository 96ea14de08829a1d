import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { MsxError } from '../../terminal/errors/msx-error.js';
import { copyCommitted } from './committed-sources.js';
import { manifestOf, packFolder } from './pack-folder.js';
import { readText } from '../../model/system/read-file.js';
import type { FormatCache } from '../generate/changes/format-cache.js';
import type { Manifest } from './pack-folder.js';
import type { Packages } from './lock-file.js';

/** Everything that systems are created from: templates, a lock file with package versions, and unpublished packages. */
export interface Kit {
  readonly templates: string;
  readonly lock: Packages;
  readonly vendored: readonly Vendored[];
  /** A cache of formatted texts, which is added to (default: the recorded formats of the templates). */
  readonly formats?: FormatCache;
}

export interface Vendored {
  readonly manifest: Manifest;
  /** The file name in `vendor/`. */
  readonly file: string;
  readonly content: Buffer;
  /** Its workspace folder in the repository, as in the lock file. */
  readonly workspace: string;
}

/** Where an unpacked kit is collected from: the last commit, or the working `tree` for tests of the templates. */
type Source = 'commit' | 'tree';

interface Collector {
  readonly collectTemplates: (into: string, repository: string) => Promise<void>;
}

/**
 * Opens the kit that msx was packed with. In a clone, which has none, it is collected from the last commit first.
 * Throws SHOP_UNFIT.
 * @param packageFolder the folder of @msx/cli
 */
export async function withKit<T>(
  packageFolder: string,
  use: (kit: Kit) => Promise<T>,
  source: Source = 'commit',
): Promise<T> {
  if (!existsSync(join(packageFolder, 'collect-templates.mjs')))
    return use(await kitIn(join(packageFolder, 'templates'), packageFolder));
  const gathered = mkdtempSync(join(tmpdir(), 'msx-kit-'));
  try {
    const templates = await gather(packageFolder, gathered, source);
    return await use(await kitIn(templates, packageFolder));
  } finally {
    rmSync(gathered, { recursive: true, force: true });
  }
}

/** @returns the folder of the templates within `into` */
async function gather(packageFolder: string, into: string, source: Source): Promise<string> {
  const [repository, commit, templates] = [
    dirname(packageFolder),
    join(into, 'commit'),
    join(into, 'templates'),
  ];
  const script = pathToFileURL(join(packageFolder, 'collect-templates.mjs'));
  const { collectTemplates } = (await import(script.href)) as Collector;
  try {
    const committed = source === 'commit' && (await copyCommitted(repository, commit));
    await collectTemplates(templates, committed ? commit : repository);
    return templates;
  } catch (error) {
    throw new MsxError('SHOP_UNFIT', { reason: (error as Error).message }, { cause: error });
  }
}

async function kitIn(templates: string, packageFolder: string): Promise<Kit> {
  const { packages } = JSON.parse(readText(join(templates, 'lock.json'))) as {
    packages: Packages;
  };
  const content = await packFolder(packageFolder, { templates });
  const cli = { manifest: manifestOf(packageFolder), content, workspace: 'cli' };
  return { templates, lock: packages, vendored: [named(cli), ...packagesIn(templates).map(named)] };
}

/** The packages that were packed together with msx, each with its package.json beside it. */
function packagesIn(templates: string): Omit<Vendored, 'file'>[] {
  const folder = join(templates, 'vendor');
  const files = readdirSync(folder);
  return files
    .filter((name) => name.endsWith('.json'))
    .map((name) => {
      const manifest = JSON.parse(readText(join(folder, name))) as Manifest;
      const file = fileOf(manifest);
      if (!files.includes(file))
        throw new MsxError('TEMPLATE_INVALID', { file: folder, line: 1, reason: `no ${file} was packed` });
      return { manifest, content: readFileSync(join(folder, file)), workspace: name.replace('.json', '') };
    });
}

/** The file name that npm gives to a package: msx-cli-0.1.0.tgz. */
const fileOf = ({ name, version }: Manifest): string =>
  `${name.replace('@', '').replace('/', '-')}-${version}.tgz`;

const named = (vendored: Omit<Vendored, 'file'>): Vendored => ({
  ...vendored,
  file: fileOf(vendored.manifest),
});
