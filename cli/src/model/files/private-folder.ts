import { chmodSync, lstatSync, mkdirSync } from 'node:fs';

/**
 * Creates a folder that only its owner can access, or makes an existing one private. Throws when it belongs to another
 * user.
 */
export function makePrivate(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== process.getuid!())
    throw new Error(`${folder} belongs to another user`);
  if ((stat.mode & 0o077) !== 0) chmodSync(folder, 0o700);
}
