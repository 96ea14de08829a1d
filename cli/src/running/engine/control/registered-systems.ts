import { existsSync, lstatSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../../model/files/replace-file.js';
import { cwdOf, isAlive } from '../../processes/process-table.js';
import { makeSocketFolder, rootHash, socketFolder, socketPath } from './socket-path.js';
import type { Identity } from '../../processes/process-table.js';

/** A system that an engine of this user runs, or ran until it was killed. */
export interface RegisteredSystem {
  /** Its folder: where it is now, even if it was moved since the start. */
  root: string;
  engine: Identity;
  socket: string;
  /** The file of this record. */
  record: string;
}

const EXTENSION = '.system.json';

/**
 * Announces a system to the other commands of this user on this machine. The record lies beside the socket, in a folder
 * that only this user can access. @returns a function that removes it
 */
export function registerSystem(root: string, engine: Identity): () => void {
  const record = recordOf(root);
  replaceFile(record, JSON.stringify({ root, engine, socket: socketPath(root) }), 0o600);
  return () => rmSync(record, { force: true });
}

const recordOf = (root: string): string => join(socketFolder(), `${rootHash(root)}${EXTENSION}`);

/** Removes what an engine that was killed has left of its announcement. Requires the lock of the engine. */
export function unregisterSystem(root: string): void {
  for (const file of [recordOf(root), socketPath(root)]) rmSync(file, { force: true });
}

/** All records. Those of killed engines are included, since their processes may still be running. */
export function registeredSystems(): RegisteredSystem[] {
  const folder = socketFolder();
  if (!existsSync(folder)) return [];
  // Records that another user could have written must not be believed.
  makeSocketFolder(folder);
  return readdirSync(folder)
    .filter((name) => name.endsWith(EXTENSION))
    .flatMap((name) => systemIn(join(folder, name)) ?? []);
}

/** Undefined if the record was removed in the meantime, is damaged, or was written by another user. */
function systemIn(record: string): RegisteredSystem | undefined {
  try {
    if (lstatSync(record).uid !== process.getuid!()) return undefined;
    const { root, engine, socket } = JSON.parse(readFileSync(record, 'utf8')) as RegisteredSystem;
    if (![root, socket, engine.startTime].every((each) => typeof each === 'string')) return undefined;
    const folder = isAlive(engine) ? (cwdOf(engine.pid) ?? root) : root;
    return { root: folder, engine, socket, record };
  } catch {
    return undefined;
  }
}
