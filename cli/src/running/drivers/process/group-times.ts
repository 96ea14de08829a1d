import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { promisify } from 'node:util';
import { hasProc, pidsFromProc, readProc, statFromProc } from '../../processes/process-table.js';

/** The resource usage of a process group so far. */
export interface GroupTimes {
  /** CPU time since the start of its leader. */
  cpuMs: number;
  /** Resident memory in bytes. */
  memory: number;
  /** Start of its leader. */
  beganAt: number;
  /** Recent CPU load in processors, if the operating system reports it. */
  share?: number;
}

const PS_TIMEOUT_MS = 10_000;

/** USER_HZ: the unit in which Linux reports times to programs. */
const TICK_MS = 10;

/** The live ones of these groups, by number. */
export async function groupTimes(groups: Set<number>): Promise<Map<number, GroupTimes>> {
  return hasProc ? fromProc(groups) : fromPs(groups);
}

function fromProc(groups: Set<number>): Map<number, GroupTimes> {
  const bootedAt = Date.now() - parseFloat(readFileSync('/proc/uptime', 'utf8')) * 1_000;
  const times = new Map<number, GroupTimes>();
  for (const pid of pidsFromProc()) {
    const stat = statFromProc(pid);
    const group = Number(stat?.[2]);
    if (!stat || !groups.has(group)) continue;
    const [user, system, began] = [stat[11], stat[12], stat[19]].map((ticks) => Number(ticks) * TICK_MS);
    const sum = times.get(group) ?? { cpuMs: 0, memory: 0, beganAt: Infinity };
    times.set(group, {
      cpuMs: sum.cpuMs + user! + system!,
      memory: sum.memory + residentOf(pid),
      beganAt: Math.min(sum.beganAt, bootedAt + began!),
    });
  }
  return times;
}

/** proc_pid_status(5), which counts in kB and not in pages. */
const residentOf = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB/m.exec(readProc(pid, 'status'))?.[1] ?? 0) * 1_024;

/** On macOS, %cpu is an average over the last minute or less. */
async function fromPs(groups: Set<number>): Promise<Map<number, GroupTimes>> {
  const env = { ...process.env, LC_ALL: 'C' };
  const { stdout } = await promisify(execFile)('ps', ['-A', '-o', 'pgid=,%cpu=,rss='], {
    env,
    timeout: PS_TIMEOUT_MS,
  });
  return timesOf(stdout, groups);
}

export function timesOf(ps: string, groups: Set<number>): Map<number, GroupTimes> {
  const times = new Map<number, GroupTimes>();
  for (const line of ps.split('\n')) {
    const [group, percent, kilobytes] = line.trim().split(/\s+/).map(Number);
    if (group === undefined || !groups.has(group)) continue;
    const { memory = 0, share = 0 } = times.get(group) ?? {};
    times.set(group, {
      cpuMs: 0,
      beganAt: 0,
      memory: memory + kilobytes! * 1_024,
      share: share + percent! / 100,
    });
  }
  return times;
}
