import { existsSync, lstatSync, readFileSync, readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { replaceFile } from '../../../model/files/replace-file.js';
import { cwdOf, isAlive } from '../../processes/process-table.js';
import { makeSocketFolder, rootHash, socketFolder, socketPath } from './socket-path.js';
import type { Identity } from '../../processes/process-table.js';

/** A system that an engine of this user runs, or ran until it was killed. */
export interface RegisteredSystem {
  name: string;
  /** Its folder: where it is now, even if it was moved since the start. */
  root: string;
  /** The prefix of the tokens that mark its processes, which finds them even if the folder was deleted. */
  token: string;
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
export function registerSystem(system: Pick<RegisteredSystem, 'name' | 'root' | 'engine'>): () => void {
  const { root } = system;
  const record = recordOf(root);
  const text = JSON.stringify({ ...system, token: `${rootHash(root)}.`, socket: socketPath(root) });
  replaceFile(record, text, 0o600);
  return () => rmSync(record, { force: true });
}

const recordOf = (root: string): string => join(socketFolder(), `${rootHash(root)}${EXTENSION}`);

/** Removes what an engine that was killed has left of its registration. Requires that no other can start meanwhile. */
export function unregisterSystem({ record, socket }: Pick<RegisteredSystem, 'record' | 'socket'>): void {
  for (const file of [record, socket]) rmSync(file, { force: true });
}

/** The files of the registration of a system, whether it has one or not. */
export const registrationOf = (root: string) => ({ record: recordOf(root), socket: socketPath(root) });

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
    const system = JSON.parse(readFileSync(record, 'utf8')) as RegisteredSystem;
    const { name, root, engine, token, socket } = system;
    const texts = [name, root, token, socket, engine.startTime];
    if (!texts.every((each) => typeof each === 'string')) return undefined;
    const current = isAlive(engine) ? cwdOf(engine.pid) : undefined;
    return { ...system, root: current && existsSync(current) ? current : root, record };
  } catch {
    return undefined;
  }
}
