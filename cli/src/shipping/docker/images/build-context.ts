import { existsSync } from 'node:fs';
import { createRequire } from 'node:module';
import { join, relative } from 'node:path';
import { pipeline } from 'node:stream';
import { createGzip } from 'node:zlib';
import { packTar } from 'modern-tar/fs';
import { readText } from '../../../model/system/read-file.js';
import type { Stats } from 'node:fs';
import type { Readable } from 'node:stream';

/** A compressed archive of the files that .dockerignore does not exclude, and of `files`. */
export function buildContext(root: string, files: readonly string[]): Readable {
  const archive = packTar(root, { filter: filterOf(root, files) });
  // An error on one side ends the other; who reads the archive gets it.
  return pipeline(archive, createGzip({ level: 1 }), () => {});
}

type Filter = (path: string, stats: Stats) => boolean;

function filterOf(root: string, kept: readonly string[]): Filter {
  const file = join(root, '.dockerignore');
  if (!existsSync(file)) return () => true;
  const rules = readText(file);
  const ignore = createRequire(import.meta.url)('@balena/dockerignore') as () => Ignore;
  const patterns = ignore().add(rules);
  // A file that is re-included may be in an ignored folder, so folders have to be searched.
  const hasExceptions = /^!/m.test(rules);
  return (path, stats) => {
    const own = relative(root, path);
    return !own || kept.includes(own) || !patterns.ignores(own) || (hasExceptions && stats.isDirectory());
  };
}

interface Ignore {
  add(rules: string): Ignore;
  ignores(path: string): boolean;
}
