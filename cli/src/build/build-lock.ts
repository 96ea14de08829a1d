import { linkSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';

const POLL_MS = 25;

/** Does the work while no other process builds this system: they would write to the same folders. */
export async function withBuildLock<Result>(root: string, work: () => Promise<Result>): Promise<Result> {
  mkdirSync(join(root, '.msx'), { recursive: true });
  const lock = join(root, '.msx/build.lock');
  while (!take(lock)) {
    if (!isAlive(holderOf(lock))) removeDead(lock);
    else await pause(POLL_MS);
  }
  try {
    return await work();
  } finally {
    rmSync(lock, { force: true });
  }
}

/** The lock appears with its holder's name in it, or not at all. */
function take(lock: string): boolean {
  const draft = `${lock}.${process.pid}`;
  writeFileSync(draft, String(process.pid));
  try {
    linkSync(draft, lock);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    rmSync(draft, { force: true });
  }
}

/** Moves the lock away before looking again at whose it is: someone may have taken it meanwhile. */
function removeDead(lock: string): void {
  const moved = `${lock}.${process.pid}.dead`;
  try {
    renameSync(lock, moved);
    if (isAlive(holderOf(moved))) linkSync(moved, lock);
  } catch (error) {
    if (!['ENOENT', 'EEXIST'].includes((error as NodeJS.ErrnoException).code!)) throw error;
  } finally {
    rmSync(moved, { force: true });
  }
}

function holderOf(lock: string): number {
  try {
    return Number(readFileSync(lock, 'utf8'));
  } catch {
    return 0;
  }
}

function isAlive(pid: number): boolean {
  if (!(pid > 0)) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
