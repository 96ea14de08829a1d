import { isStopped } from '../../processes/process-table.js';

/** A process that has not stopped by then is inside the kernel; the caller can try again later. */
const STOP_TIMEOUT_MS = 200;
const POLL_MS = 0.2;
const sleeper = new Int32Array(new SharedArrayBuffer(4));

/**
 * Pauses processes (SIGSTOP), does some work, and resumes them (SIGCONT). This blocks the current process for some
 * milliseconds. Processes that were stopped before stay stopped. @returns whether the work was done: not if a process
 * could not be paused in time. `processes` is called repeatedly until it returns no further one, since running processes
 * may start others.
 */
export function whilePaused(processes: () => number[], work: () => void): boolean {
  const paused = new Set<number>();
  const deadline = Date.now() + STOP_TIMEOUT_MS;
  try {
    for (;;) {
      const running = processes().filter((pid) => !isStopped(pid));
      if (running.length === 0) break;
      if (Date.now() > deadline) return false;
      for (const pid of running.filter((each) => !paused.has(each)))
        if (send(pid, 'SIGSTOP')) paused.add(pid);
      Atomics.wait(sleeper, 0, 0, POLL_MS);
    }
    work();
    return true;
  } finally {
    for (const pid of paused) send(pid, 'SIGCONT');
  }
}

function send(pid: number, signal: NodeJS.Signals): boolean {
  try {
    return process.kill(pid, signal);
  } catch {
    return false;
  }
}
