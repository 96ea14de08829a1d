import { existsSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { createGzip } from 'node:zlib';
import { readText } from '../../../model/system/read-file.js';
import type { Readable } from 'node:stream';

/** A compressed archive of the files that .dockerignore does not exclude, and of `files`. */
export async function buildContext(root: string, files: readonly string[]): Promise<Readable> {
  const { default: tar } = await import('tar-fs');
  return tar.pack(root, { ignore: ignoreRule(root, files) }).pipe(createGzip({ level: 1 }));
}

function ignoreRule(root: string, kept: readonly string[]): (path: string) => boolean {
  const file = join(root, '.dockerignore');
  if (!existsSync(file)) return () => false;
  const rules = readText(file);
  const ignore = createRequire(import.meta.url)('@balena/dockerignore') as () => Ignore;
  const patterns = ignore().add(rules);
  // A file that is re-included may be in an ignored folder, so folders have to be searched.
  const hasExceptions = /^!/m.test(rules);
  return (path) => {
    const own = relative(root, path);
    if (!own || kept.includes(own) || !patterns.ignores(own)) return false;
    return !hasExceptions || !statSync(path).isDirectory();
  };
}

interface Ignore {
  add(rules: string): Ignore;
  ignores(path: string): boolean;
}
