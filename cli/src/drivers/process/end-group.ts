import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, membersOf } from './process-table.js';
import type { Identity } from './process-table.js';

const POLL_MS = 20;
/** What was killed is gone as soon as the system gets round to it. */
const KILLED_MS = 1_000;

/** Asks these processes, each with its group, to end, and kills what is left after `graceMs`. Answers what outlived even that. */
export async function endProcesses(processes: Identity[], graceMs: number): Promise<Identity[]> {
  const groups = processes.filter(isAlive).map(({ pid }) => pid);
  for (const group of groups) signal(group, 'SIGTERM');
  await gone(processes, graceMs);
  for (const group of groups) if (membersOf(group).length > 0) signalGroup(group, 'SIGKILL');
  for (const identity of processes) if (isAlive(identity)) signal(identity.pid, 'SIGKILL');
  await gone(processes, KILLED_MS);
  return processes.filter(isAlive);
}

async function gone(processes: Identity[], withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (processes.some(isAlive) && Date.now() < deadline) await pause(POLL_MS);
}

/** The whole group of a process that leads one, else the process. */
function signal(pid: number, name: NodeJS.Signals): void {
  if (!signalGroup(pid, name)) send(pid, name);
}

export const signalGroup = (group: number, name: NodeJS.Signals): boolean => send(-group, name);

function send(target: number, name: NodeJS.Signals): boolean {
  try {
    return process.kill(target, name);
  } catch {
    return false;
  }
}
