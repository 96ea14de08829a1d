import { createHash } from 'node:crypto';
import { existsSync, readFileSync, readdirSync, statSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import { buffer } from 'node:stream/consumers';
import { gzipSync } from 'node:zlib';
import { pack } from 'tar-stream';

export interface Manifest {
  readonly name: string;
  readonly version: string;
  readonly files?: readonly string[];
  readonly [key: string]: unknown;
}

export const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as Manifest;

/** What npm packs whatever `files` says. */
const ALWAYS = ['package.json', 'README.md', 'LICENSE'];

/** 26 October 1985, which npm dates all that it packs to. */
const DATE = new Date(499_162_500_000);

/**
 * A package as `npm pack` makes it of its folder, in a tenth of the time. The same files make the same bytes.
 * @param elsewhere folders of the package that are kept in another place, by name
 */
export async function packFolder(
  folder: string,
  elsewhere: Readonly<Record<string, string>> = {},
): Promise<Buffer> {
  const { files = [] } = manifestOf(folder);
  const names = [...new Set([...ALWAYS, ...files, ...Object.keys(elsewhere)])];
  const archive = pack();
  for (const name of names)
    for (const file of filesBelow(elsewhere[name] ?? join(folder, name))) {
      const content = readFileSync(file);
      const path = [name, relative(elsewhere[name] ?? join(folder, name), file)].filter(Boolean).join('/');
      const mode = statSync(file).mode & 0o111 ? 0o755 : 0o644;
      archive.entry({ name: `package/${path.split(sep).join('/')}`, mode, mtime: DATE }, content);
    }
  archive.finalize();
  return gzipSync(await buffer(archive), { level: 6 });
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

/** As package-lock.json has it. */
export const integrityOf = (content: Buffer): string =>
  `sha512-${createHash('sha512').update(content).digest('base64')}`;
