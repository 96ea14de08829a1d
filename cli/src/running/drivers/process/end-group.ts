import { setTimeout as pause } from 'node:timers/promises';
import { isAlive, membersOf } from '../../processes/process-table.js';
import type { Identity } from '../../processes/process-table.js';

const POLL_MS = 20;
/** How long the system may take to remove a killed process. */
const KILL_TIMEOUT_MS = 1_000;

/** Terminates processes with their groups, and kills what is left after `graceMs`. @returns the processes that survived */
export async function endProcesses(processes: Identity[], graceMs: number): Promise<Identity[]> {
  const groups = processes.filter(isAlive).map(({ pid }) => pid);
  for (const group of groups) signal(group, 'SIGTERM');
  await waitUntilGone(processes, graceMs);
  for (const group of groups) if (membersOf(group).length > 0) signalGroup(group, 'SIGKILL');
  for (const identity of processes) if (isAlive(identity)) signal(identity.pid, 'SIGKILL');
  await waitUntilGone(processes, KILL_TIMEOUT_MS);
  return processes.filter(isAlive);
}

async function waitUntilGone(processes: Identity[], withinMs: number): Promise<void> {
  const deadline = Date.now() + withinMs;
  while (processes.some(isAlive) && Date.now() < deadline) await pause(POLL_MS);
}

/** Signals the whole group if the process leads one, else the process. */
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
