import { existsSync, mkdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { replaceFile } from '../../../model/files/replace-file.js';
import { homeOf, isHome } from '../../processes/home.js';
import type { Home } from '../../processes/home.js';

/** The information needed to end a run whose engine is gone. */
export interface RunFile {
  /** The folder of the system when its engine started; it may have been moved since. */
  home: Home;
  engine: { pid: number; startTime: string };
  /** Part of the environment of every process of the run. */
  token: string;
  /** The socket of the engine. */
  socket: string;
  startedAt: string;
  processes: RecordedProcess[];
  /** Names of the containers to remove if the engine is gone. */
  containers: string[];
}

export interface RecordedProcess {
  name: string;
  pid: number;
  startTime: string;
  port?: number;
  log: string;
}

const pathOf = (root: string): string => join(root, '.msx/run.json');

/**
 * The last run of a system; undefined if there was none, if it ended in order, if the file is damaged, or if it came with
 * a copy of the folder.
 */
export function readRunFile(root: string): RunFile | undefined {
  try {
    const run: unknown = JSON.parse(readFileSync(pathOf(root), 'utf8'));
    return isRunFile(run) && isHome(run.home, root) ? run : undefined;
  } catch {
    return undefined;
  }
}

/** The folder of a running system when it was started, if it has been moved since. */
export function movedFrom(root: string): string | undefined {
  const home = readRunFile(root)?.home;
  return home && home.root !== homeOf(root).root ? home.root : undefined;
}

function isRunFile(value: unknown): value is RunFile {
  const { home, engine, token, socket, processes, containers } = Object(value) as Record<string, unknown>;
  const texts = [token, socket, Object(home).root].every((each) => typeof each === 'string');
  return (
    texts &&
    Array.isArray(processes) &&
    Array.isArray(containers) &&
    [engine, ...(processes as unknown[])].every(isIdentity)
  );
}

const isIdentity = (value: unknown): boolean => {
  const { pid, startTime } = Object(value) as Record<string, unknown>;
  return Number.isInteger(pid) && typeof startTime === 'string';
};

/** Throws an errno error. */
export function writeRunFile(root: string, run: RunFile): void {
  const path = pathOf(root);
  // Not recursive, so that the folder of a system that was moved does not reappear.
  if (!existsSync(dirname(path))) mkdirSync(dirname(path));
  replaceFile(path, JSON.stringify(run, null, 2) + '\n', 0o600);
}

export const removeRunFile = (root: string): void => rmSync(pathOf(root), { force: true });
