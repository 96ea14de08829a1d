import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync } from 'node:fs';

/** Which process a pid means: pids are used again, a pid with its start time is not. */
export interface Identity {
  pid: number;
  /** Opaque: equal for the same process, on the same machine, since it booted. */
  startTime: string;
}

interface Row extends Identity {
  group: number;
}

/** Linux tells of processes in files; elsewhere `ps` must be asked. */
export const hasProc = existsSync('/proc/self/stat');

/** The identity of a process that lives; nothing for one that has ended, though its parent may not have noticed. */
export function identityOf(pid: number): Identity | undefined {
  const row = hasProc ? rowFromProc(pid) : rowsFromPs('-p', String(pid))[0];
  return row && { pid: row.pid, startTime: row.startTime };
}

export const isAlive = ({ pid, startTime }: Identity): boolean => identityOf(pid)?.startTime === startTime;

/** Every living process of a group. */
export function membersOf(group: number): Identity[] {
  if (!groupExists(group)) return [];
  return allRows().filter((row) => row.group === group);
}

/** Every living process, but this one, whose environment holds this text: `NAME=value`, or the beginning of it. */
export function processesMarked(mark: string): (Identity & { group: number })[] {
  const marked = hasProc
    ? pidsFromProc().filter((pid) => `\0${readProc(pid, 'environ')}`.includes(`\0${mark}`))
    : pidsFromPs(mark);
  const rows = new Map(allRows().map((row) => [row.pid, row]));
  return marked.flatMap((pid) => (pid === process.pid ? [] : (rows.get(pid) ?? [])));
}

/** The command line of a process, shortened. */
export function commandOf(pid: number): string | undefined {
  const words = hasProc
    ? readProc(pid, 'cmdline').split('\0').join(' ')
    : ps('-o', 'command=', '-p', String(pid));
  return words.replace(/\s+/g, ' ').trim().slice(0, 80) || undefined;
}

function groupExists(group: number): boolean {
  try {
    process.kill(-group, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

const allRows = (): Row[] =>
  hasProc ? pidsFromProc().flatMap((pid) => rowFromProc(pid) ?? []) : rowsFromPs('-A');

export const pidsFromProc = (): number[] =>
  readdirSync('/proc')
    .map(Number)
    .filter((pid) => pid > 0);

/** proc_pid_stat(5) of a process that lives: state, parent, group and so on, as they come after its name. */
export function statFromProc(pid: number): string[] | undefined {
  const stat = readProc(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat && !hasEnded(fields) ? fields : undefined;
}

/** A process whose first thread is a zombie goes on holding its ports until its last thread has ended, too. */
export function hasEnded([state, ...rest]: string[]): boolean {
  const threads = Number(rest[16]);
  return state === 'X' || (state === 'Z' && threads <= 1);
}

function rowFromProc(pid: number): Row | undefined {
  const stat = statFromProc(pid);
  return stat && { pid, group: Number(stat[2]), startTime: stat[19]! };
}

export function readProc(pid: number, file: string): string {
  try {
    return readFileSync(`/proc/${pid}/${file}`, 'utf8');
  } catch {
    return '';
  }
}

/** The rows of these options of `ps`, as Linux and macOS both know them. */
export function rowsFromPs(...which: string[]): Row[] {
  const lines = ps('-o', 'pid=,pgid=,stat=,lstart=', ...which).split('\n');
  return lines.flatMap((line) => {
    const [, pid, group, state, startTime] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
    return pid && !state!.startsWith('Z')
      ? { pid: Number(pid), group: Number(group), startTime: startTime! }
      : [];
  });
}

/** With `-E` and `-ww`, ps shows the environment behind the command; only of one's own processes. */
const pidsFromPs = (mark: string): number[] =>
  ps('-A', '-E', '-ww', '-o', 'pid=,command=')
    .split('\n')
    .filter((line) => line.includes(` ${mark}`))
    .map((line) => parseInt(line, 10));

function ps(...options: string[]): string {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] as const;
    return execFileSync('ps', options, {
      encoding: 'utf8',
      stdio: [...stdio],
      env: { ...process.env, LC_ALL: 'C' },
      maxBuffer: 64 * 1024 * 1024,
    });
  } catch {
    return '';
  }
}
