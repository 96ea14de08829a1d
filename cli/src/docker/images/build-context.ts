import { existsSync, readFileSync, statSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { createGzip } from 'node:zlib';
import type { Readable } from 'node:stream';

/**
 * What an image is built from: the files of the system that .dockerignore leaves, and these, as a compressed archive.
 */
export async function buildContext(root: string, files: readonly string[]): Promise<Readable> {
  const { default: tar } = await import('tar-fs');
  return tar.pack(root, { ignore: ignoring(root, files) }).pipe(createGzip({ level: 1 }));
}

function ignoring(root: string, kept: readonly string[]): (path: string) => boolean {
  const file = join(root, '.dockerignore');
  if (!existsSync(file)) return () => false;
  const rules = readFileSync(file, 'utf8');
  const ignore = createRequire(import.meta.url)('@balena/dockerignore') as () => Ignore;
  const patterns = ignore().add(rules);
  // What is excepted may lie in a folder that is ignored: then folders are looked into.
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
