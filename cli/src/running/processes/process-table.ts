import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync, statSync } from 'node:fs';

const PS_TIMEOUT_MS = 10_000;

/** Identifies a process: pids are reused, but not together with a start time. */
export interface Identity {
  pid: number;
  /** Opaque: equal for the same process, until the machine is restarted. */
  startTime: string;
}

interface Row extends Identity {
  group: number;
}

/** Linux describes processes in files; other systems need `ps`. */
export const hasProc = existsSync('/proc/self/stat');

/** The identity of a live process; undefined for one that has exited, even if it is still a zombie. */
export function identityOf(pid: number): Identity | undefined {
  const row = hasProc ? rowFromProc(pid) : rowsFromPs('-p', String(pid))[0];
  return row && { pid: row.pid, startTime: row.startTime };
}

export const isAlive = ({ pid, startTime }: Identity): boolean => identityOf(pid)?.startTime === startTime;

/** The group of a live process. */
export const groupOf = (pid: number): number | undefined =>
  (hasProc ? rowFromProc(pid) : rowsFromPs('-p', String(pid))[0])?.group;

/** Every live process of a group. */
export function membersOf(group: number): Identity[] {
  if (!groupExists(group)) return [];
  return allRows().filter((row) => row.group === group);
}

/** The working directory of a process; undefined if it is not accessible, as for processes of other users. */
export function cwdOf(pid: number): string | undefined {
  try {
    if (hasProc) return readlinkSync(`/proc/${pid}/cwd`);
    const stdio = ['ignore', 'pipe', 'ignore'] as ['ignore', 'pipe', 'ignore'];
    const output = execFileSync('lsof', ['-a', '-p', `${pid}`, '-d', 'cwd', '-Fn'], {
      timeout: PS_TIMEOUT_MS,
      encoding: 'utf8',
      stdio,
    });
    return /^n(.+)$/m.exec(output)?.[1];
  } catch {
    return undefined;
  }
}

const OUTPUTS = [1, 2];

/** The other processes whose output goes to a file; without /proc, all processes of a group. */
export function writersOf(file: { dev: number; ino: number }, group: number): number[] {
  const writers = hasProc
    ? pidsFromProc().filter((pid) => OUTPUTS.some((fd) => isOpenAs(pid, fd, file)))
    : membersOf(group).map(({ pid }) => pid);
  return writers.filter((pid) => pid !== process.pid);
}

function isOpenAs(pid: number, fd: number, { dev, ino }: { dev: number; ino: number }): boolean {
  try {
    const stat = statSync(`/proc/${pid}/fd/${fd}`);
    return stat.ino === ino && stat.dev === dev;
  } catch {
    return false;
  }
}

/** Whether all threads of a process are stopped, by a signal or a debugger, or have exited. */
export function isStopped(pid: number): boolean {
  if (!hasProc) return !/^[^TZ]/.test(ps('-o', 'stat=', '-p', String(pid)).trim());
  return threadsOf(pid).every((thread) => {
    const stat = readProc(pid, `task/${thread}/stat`);
    return /^[TtZX]?$/.test(stat.slice(stat.lastIndexOf(')') + 2)[0] ?? '');
  });
}

function threadsOf(pid: number): string[] {
  try {
    return readdirSync(`/proc/${pid}/task`);
  } catch {
    return [];
  }
}

/** Whether the environment of a process contains a variable that starts with this text: `NAME=value`. */
export const isMarked = (pid: number, mark: string): boolean =>
  hasProc
    ? `\0${readProc(pid, 'environ')}`.includes(`\0${mark}`)
    : ps('-E', '-ww', '-o', 'command=', '-p', String(pid)).includes(` ${mark}`);

export interface MarkedProcess extends Row {
  /** The whole variable: `NAME=value`. */
  mark: string;
}

/** The other live processes whose environment contains a variable that starts with this text: `NAME=value`. */
export function processesMarked(mark: string): MarkedProcess[] {
  const marked = hasProc ? marksFromProc(mark) : marksFromPs(mark);
  if (marked.length === 0) return [];
  const rows = new Map(allRows().map((row) => [row.pid, row]));
  return marked.flatMap(([pid, whole]) => {
    const row = pid === process.pid ? undefined : rows.get(pid);
    return row ? [{ ...row, mark: whole }] : [];
  });
}

const marksFromProc = (mark: string): [number, string][] =>
  pidsFromProc().flatMap((pid) => {
    const whole = readProc(pid, 'environ')
      .split('\0')
      .find((variable) => variable.startsWith(mark));
    return whole === undefined ? [] : [[pid, whole]];
  });

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

/** proc_pid_stat(5) of a live process: the fields after its name, such as state, parent and group. */
export function statFromProc(pid: number): string[] | undefined {
  const stat = readProc(pid, 'stat');
  const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
  return stat && !hasEnded(fields) ? fields : undefined;
}

/** A process whose first thread is a zombie keeps its ports until its last thread has exited. */
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

/** The rows for these options of `ps`, which Linux and macOS share. */
function rowsFromPs(...which: string[]): Row[] {
  const lines = ps('-o', 'pid=,pgid=,stat=,lstart=', ...which).split('\n');
  return lines.flatMap((line) => {
    const [, pid, group, state, startTime] = /^\s*(\d+)\s+(\d+)\s+(\S+)\s+(.+?)\s*$/.exec(line) ?? [];
    return pid && !state!.startsWith('Z')
      ? { pid: Number(pid), group: Number(group), startTime: startTime! }
      : [];
  });
}

/** With `-E` and `-ww`, ps shows the environment after the command; only for processes of the same user. */
const marksFromPs = (mark: string): [number, string][] =>
  ps('-A', '-E', '-ww', '-o', 'pid=,command=')
    .split('\n')
    .flatMap((line) => {
      const whole = line.split(' ').find((word) => word.startsWith(mark));
      return whole === undefined ? [] : [[parseInt(line, 10), whole]];
    });

function ps(...options: string[]): string {
  try {
    const stdio = ['ignore', 'pipe', 'ignore'] as const;
    return execFileSync('ps', options, {
      encoding: 'utf8',
      stdio: [...stdio],
      env: { ...process.env, LC_ALL: 'C' },
      maxBuffer: 64 * 1024 * 1024,
      timeout: PS_TIMEOUT_MS,
    });
  } catch {
    return '';
  }
}
