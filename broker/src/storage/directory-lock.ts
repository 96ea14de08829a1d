import { execFileSync } from 'node:child_process';
import { readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StorageError } from './storage-error.js';

export class DirectoryLocked extends Error {
  override name = 'DirectoryLocked';

  constructor(
    readonly directory: string,
    readonly pid: number,
  ) {
    super(`${directory} is in use by the broker with pid ${pid}`);
  }
}

/** Locks held by this process: after a restart in a container, an earlier process may have had the same pid. */
const ours = new Set<string>();

/** File times are coarser than process times; a process this much younger than the file did not write it. */
const SLACK_MS = 2000;

/**
 * Locks a directory with a file that contains the pid. The lock of a process that has ended is taken over, also when
 * another process has the same pid. Returns a function that releases the lock.
 */
export const lockDirectory = (directory: string): (() => void) => {
  const path = join(directory, 'broker.lock');
  while (!create(path)) {
    const holder = readHolder(path);
    if (holder !== undefined && isHeld(path, holder)) throw new DirectoryLocked(directory, holder);
    discard(path, holder);
  }
  ours.add(path);
  return () => {
    ours.delete(path);
    rmSync(path, { force: true });
  };
};

const create = (path: string): boolean => {
  try {
    writeFileSync(path, `${process.pid}\n`, { flag: 'wx' });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    rmSync(path, { force: true });
    throw new StorageError(path, error as Error);
  }
};

/** The pid in a lock file; 0 if it is being written, undefined if there is no file. */
const readHolder = (path: string): number | undefined => {
  try {
    return Number.parseInt(readFileSync(path, 'utf8'), 10) || 0;
  } catch {
    return undefined;
  }
};

const isHeld = (path: string, pid: number): boolean => {
  if (pid === process.pid) return ours.has(path);
  const written = statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
  if (pid === 0) return Date.now() - written < SLACK_MS;
  return isAlive(pid) && !isYounger(pid, written);
};

const isAlive = (pid: number): boolean => {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
};

const PS_TIMEOUT_MS = 10_000;

/** If `ps` fails, the process is assumed to be the one that wrote the lock. */
const isYounger = (pid: number, time: number): boolean => {
  try {
    const options = { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C' } } as const;
    const started = Date.parse(
      execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { ...options, timeout: PS_TIMEOUT_MS }),
    );
    return started > time + SLACK_MS;
  } catch {
    return false;
  }
};

/** Removes a stale lock by renaming it, so that only one of two brokers removes it; a new lock is restored. */
const discard = (path: string, stale: number | undefined): void => {
  const aside = `${path}.${process.pid}`;
  try {
    renameSync(path, aside);
  } catch {
    return;
  }
  if (readHolder(aside) === stale) rmSync(aside);
  else renameSync(aside, path);
};
