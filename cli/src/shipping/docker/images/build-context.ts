import { createReadStream, existsSync, lstatSync, readdirSync, readlinkSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join } from 'node:path';
import { pipeline } from 'node:stream';
import { pipeline as pipelineDone } from 'node:stream/promises';
import { createGzip } from 'node:zlib';
import { pack } from 'tar-stream';
import { readText } from '../../../model/system/read-file.js';
import type { Stats } from 'node:fs';
import type { Readable } from 'node:stream';
import type { Pack } from 'tar-stream';

/** A compressed archive of the files that .dockerignore does not exclude, and of `files`. */
export function buildContext(root: string, files: readonly string[]): Readable {
  const archive = pack();
  addAll(archive, root, ignoreRule(root, files)).catch((error: Error) => archive.destroy(error));
  // An error on one side ends the other; who reads the archive gets it.
  return pipeline(archive, createGzip({ level: 1 }), () => {});
}

type Header = Pick<Stats, 'mode' | 'mtime' | 'uid' | 'gid'> & { readonly name: string };
type Rule = (path: string, stats: Stats) => boolean;

async function addAll(archive: Pack, root: string, ignores: Rule): Promise<void> {
  const folders = [''];
  for (const folder of folders)
    for (const name of readdirSync(join(root, folder)).sort()) {
      const path = folder ? `${folder}/${name}` : name;
      const stats = lstatSync(join(root, path));
      if (ignores(path, stats)) continue;
      if (stats.isDirectory()) folders.push(path);
      await add(archive, join(root, path), headerOf(path, stats));
    }
  archive.finalize();
}

const headerOf = (name: string, { mode, mtime, uid, gid }: Stats): Header => ({
  name,
  mode,
  mtime,
  uid,
  gid,
});

/** Sockets and devices are left out. */
async function add(archive: Pack, file: string, header: Header): Promise<void> {
  const stats = lstatSync(file);
  if (stats.isDirectory()) archive.entry({ ...header, type: 'directory' });
  else if (stats.isSymbolicLink())
    archive.entry({ ...header, type: 'symlink', linkname: readlinkSync(file) });
  else if (stats.isFile())
    await pipelineDone(createReadStream(file), archive.entry({ ...header, size: stats.size }));
}

function ignoreRule(root: string, kept: readonly string[]): Rule {
  const file = join(root, '.dockerignore');
  if (!existsSync(file)) return () => false;
  const rules = readText(file);
  const ignore = createRequire(import.meta.url)('@balena/dockerignore') as () => Ignore;
  const patterns = ignore().add(rules);
  // A file that is re-included may be in an ignored folder, so folders have to be searched.
  const hasExceptions = /^!/m.test(rules);
  return (path, stats) => {
    if (kept.includes(path) || !patterns.ignores(path)) return false;
    return !hasExceptions || !stats.isDirectory();
  };
}

interface Ignore {
  add(rules: string): Ignore;
  ignores(path: string): boolean;
}
