import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { gzipSync } from 'node:zlib';
import { packTar } from 'modern-tar';
import type { TarEntry } from 'modern-tar';
import { readText } from '../../model/system/read-file.js';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly files?: readonly string[];
  readonly [key: string]: unknown;
}

export const manifestOf = (folder: string): Manifest =>
  JSON.parse(readText(join(folder, 'package.json'))) as Manifest;

/** The files that npm always packs. */
const ALWAYS_PACKED = ['package.json', 'README.md', 'LICENSE'];

/** 26 October 1985, the modification time of all files that npm packs. */
const MTIME = new Date(499_162_500_000);

/**
 * Packs a folder like `npm pack`, in a tenth of the time. The output is reproducible.
 * @param elsewhere folders of the package that are stored in another place, by name
 */
export async function packFolder(
  folder: string,
  elsewhere: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  const { files = [] } = manifestOf(folder);
  const isExcluded = exclusions(files);
  const included = files.filter((name) => !name.startsWith('!'));
  const names = [...new Set([...ALWAYS_PACKED, ...included, ...Object.keys(elsewhere)])];
  const entries: TarEntry[] = [];
  for (const name of names)
    for (const file of filesBelow(elsewhere[name] ?? join(folder, name))) {
      const within = relative(elsewhere[name] ?? join(folder, name), file);
      const path = [name, within].filter(Boolean).join('/').split(sep).join('/');
      if (isExcluded(path)) continue;
      const mode = statSync(file).mode & 0o111 ? 0o755 : 0o644;
      const body = readFileSync(file);
      entries.push({ header: { name: `package/${path}`, mode, mtime: MTIME, size: body.length }, body });
    }
  return gzipSync(await packTar(entries), { level: 6 });
}

/** Entries of `files` such as `!dist/types` exclude a file, or a folder with all its content. */
function exclusions(files: readonly string[]): (path: string) => boolean {
  const excluded = files.filter((name) => name.startsWith('!')).map((name) => name.slice(1));
  return (path) => excluded.some((each) => path === each || path.startsWith(`${each}/`));
}

function filesBelow(path: string): string[] {
  if (!existsSync(path)) return [];
  if (statSync(path).isFile()) return [path];
  const entries = readdirSync(path, { recursive: true, withFileTypes: true });
  return entries
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** In the format of package-lock.json. */
export const integrityOf = (content: Buffer): string =>
  `sha512-${createHash('sha512').update(content).digest('base64')}`;
