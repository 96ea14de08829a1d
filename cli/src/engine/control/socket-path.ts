import { createHash } from 'node:crypto';
import { chmodSync, lstatSync, mkdirSync, realpathSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

/** Tells systems apart by where they are, however one gets there. */
export const rootHash = (root: string): string =>
  createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 16);

/** What the environment of every process of every run of a system begins its token with. */
export const runMark = (root: string): string => `MSX_RUN_TOKEN=${rootHash(root)}.`;

/** The socket of a system's engine: short, since a path of more than 103 bytes cannot be listened on. */
export const socketPath = (root: string): string =>
  join(tmpdir(), `msx-${process.getuid!()}`, `${rootHash(root)}.sock`);

/** Makes the folder of the sockets, which nobody else can have made or may enter. Throws when somebody has. */
export function makeSocketFolder(folder: string): void {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const stat = lstatSync(folder);
  if (!stat.isDirectory() || stat.uid !== process.getuid!())
    throw new Error(`${folder} belongs to another user`);
  if ((stat.mode & 0o077) !== 0) chmodSync(folder, 0o700);
}
