import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { holdersOf } from '../drivers/ports/holder.js';
import { hasSocketTable, socketsOn } from '../drivers/ports/socket-table.js';
import { hasProc, readProc } from '../processes/process-table.js';

/** The process on this machine that serves a port. */
export interface BrokerProcess {
  readonly pid: number;
  /** What it runs: node, java, … */
  readonly command?: string;
  /** Resident memory in bytes. */
  readonly memory?: number;
  /** Connections from clients; only on Linux. */
  readonly connections?: number;
}

const PS_TIMEOUT_MS = 10_000;
/** A socket that no process owns any longer. */
const NO_INODE = '0';

/** Undefined if the broker is elsewhere, in a container, or belongs to another user. */
export async function brokerProcess(port: number): Promise<BrokerProcess | undefined> {
  const holder = (await holdersOf([port])).find(({ pid }) => pid !== undefined);
  if (holder?.pid === undefined) return undefined;
  const { pid, command } = holder;
  const memory = await residentMemory(pid);
  return {
    pid,
    ...(command !== undefined && { command }),
    ...(memory !== undefined && { memory }),
    ...(hasSocketTable && { connections: connectionsTo(port) }),
  };
}

const connectionsTo = (port: number): number =>
  socketsOn([port]).filter(({ listens, inode }) => !listens && inode !== NO_INODE).length;

/** In bytes: proc_pid_status(5) and ps both count in units of 1,024. */
async function residentMemory(pid: number): Promise<number | undefined> {
  const text = hasProc ? /^VmRSS:\s+(\d+) kB/m.exec(readProc(pid, 'status'))?.[1] : await fromPs(pid);
  const kilobytes = Number(text ?? NaN);
  return Number.isNaN(kilobytes) ? undefined : kilobytes * 1_024;
}

async function fromPs(pid: number): Promise<string | undefined> {
  const env = { ...process.env, LC_ALL: 'C' };
  const args = ['-o', 'rss=', '-p', String(pid)];
  return promisify(execFile)('ps', args, { env, timeout: PS_TIMEOUT_MS }).then(
    ({ stdout }) => stdout.trim(),
    () => undefined,
  );
}
