import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import { join, relative } from 'node:path';
import { readBytes } from './read-file.js';

/**
 * A hex SHA-256 over the names and contents of all files below a folder, except files with these names at its top
 * level. An unchanged hash means unchanged files.
 */
export function hashFolder(folder: string, except: readonly string[] = []): string {
  const hash = createHash('sha256');
  const files = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => !entry.isDirectory())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)))
    .filter((file) => !except.includes(file));
  for (const file of files.sort()) {
    const content = readBytes(join(folder, file));
    hash.update(`${file}\n${content.length}\n`).update(content);
  }
  return hash.digest('hex');
}
