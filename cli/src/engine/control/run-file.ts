import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What must be known to end a run when its engine can no longer be asked. */
export interface RunFile {
  engine: { pid: number; startTime: string };
  /** In the environment of every process of the run. */
  token: string;
  /** Where the engine listens. */
  socket: string;
  startedAt: string;
  processes: RecordedProcess[];
  /** Names of those to remove when the engine cannot. */
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

/** The last run of a system; nothing when there was none, when it ended in order, or when the file is damaged. */
export function readRunFile(root: string): RunFile | undefined {
  try {
    const run: unknown = JSON.parse(readFileSync(pathOf(root), 'utf8'));
    return isRunFile(run) ? run : undefined;
  } catch {
    return undefined;
  }
}

function isRunFile(value: unknown): value is RunFile {
  const { engine, token, socket, processes, containers } = Object(value) as Record<string, unknown>;
  const texts = [token, socket].every((each) => typeof each === 'string');
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

/** Readers see the old or the new file, never a part. Throws an errno error. */
export function writeRunFile(root: string, run: RunFile): void {
  const path = pathOf(root);
  mkdirSync(dirname(path), { recursive: true });
  const fresh = `${path}.${process.pid}`;
  writeFileSync(fresh, JSON.stringify(run, null, 2) + '\n', { mode: 0o600 });
  renameSync(fresh, path);
}

export const removeRunFile = (root: string): void => rmSync(pathOf(root), { force: true });
