import { createHash } from 'node:crypto';
import { realpathSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { makePrivate } from '../../../model/files/private-folder.js';

/** Identifies a system by the real path of its folder. */
export const rootHash = (root: string): string =>
  createHash('sha256').update(realpathSync(root)).digest('hex').slice(0, 16);

/** The socket of a system's engine: short, since the path of a socket has at most 103 bytes. */
export const socketPath = (root: string): string => join(socketFolder(), `${rootHash(root)}.sock`);

/**
 * MSX_RUNTIME_DIR; or a folder in the private runtime folder of the user (XDG Base Directory Specification); or one in the
 * folder for temporary files.
 */
export function socketFolder(env: NodeJS.ProcessEnv = process.env): string {
  if (env['MSX_RUNTIME_DIR']) return resolve(env['MSX_RUNTIME_DIR']);
  const runtimeFolder = env['XDG_RUNTIME_DIR'];
  return runtimeFolder && isOwn(runtimeFolder)
    ? join(runtimeFolder, 'msx')
    : join(tmpdir(), `msx-${process.getuid!()}`);
}

/** After `su` and `sudo` it may belong to the user who called them. */
function isOwn(folder: string): boolean {
  const stat = statSync(folder, { throwIfNoEntry: false });
  return stat?.isDirectory() === true && stat.uid === process.getuid!() && (stat.mode & 0o700) === 0o700;
}

/**
 * Creates the folder of the sockets, which must belong to this user and be closed to others. Throws
 * SOCKET_FOLDER_UNUSABLE, with the facts that the catalogue expects.
 */
export function makeSocketFolder(folder: string): void {
  try {
    makePrivate(folder);
  } catch (error) {
    const { message } = error as Error;
    throw Object.assign(new Error(message), {
      code: 'SOCKET_FOLDER_UNUSABLE',
      facts: { folder, reason: message },
    });
  }
}
