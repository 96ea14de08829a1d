import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { commandOf } from '../../processes/process-table.js';
import { hasSocketTable, pidsOf, socketsOn } from './socket-table.js';
import { systemOf } from './system-of.js';
import type { RunningSystem } from './system-of.js';

const LSOF_TIMEOUT_MS = 10_000;

/** A process that listens on a port. The pid may be hidden if it belongs to another user. */
export interface Holder {
  port: number;
  /** The address it listens on; `0.0.0.0`, `::` or `*` for all. */
  address?: string;
  pid?: number;
  command?: string;
  user?: string;
  /** The system that it is part of, if an engine runs it. */
  system?: RunningSystem;
}

/** The processes that listen on these ports, on any address. */
export async function holdersOf(ports: number[]): Promise<Holder[]> {
  if (ports.length === 0) return [];
  const listeners = hasSocketTable ? fromTable(ports) : await fromLsof(ports);
  return listeners.map((holder) => ({ ...holder, ...(holder.pid && describe(holder.pid)) }));
}

function describe(pid: number): Partial<Holder> {
  const command = commandOf(pid);
  const system = systemOf(pid);
  return { ...(command && { command }), ...(system && { system }) };
}

function fromTable(ports: number[]): Holder[] {
  const sockets = socketsOn(ports).filter(({ listens }) => listens);
  const pids = pidsOf(sockets);
  const holders = sockets.map(({ port, address, uid, inode }) => ({
    port,
    address,
    user: userName(uid),
    pid: pids.get(inode),
  }));
  return holders.filter(
    ({ port, pid }, n) => holders.findIndex((h) => h.port === port && h.pid === pid) === n,
  );
}

function userName(uid: number): string {
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  return users.find((line) => line.split(':')[2] === String(uid))?.split(':')[0] ?? String(uid);
}

/** `-F` prints one field per line, prefixed with a letter: p(id), L(ogin), n(ame of the socket). */
function fromLsof(ports: number[]): Promise<Holder[]> {
  const options = ['-nP', '-sTCP:LISTEN', '-FpLn', ...ports.map((port) => `-iTCP:${port}`)];
  return new Promise((resolve) => {
    execFile('lsof', options, { timeout: LSOF_TIMEOUT_MS }, (_, output) => resolve(holdersFromLsof(output)));
  });
}

export function holdersFromLsof(output: string): Holder[] {
  const holders: Holder[] = [];
  let pid = 0;
  let user = '';
  for (const line of output.split('\n')) {
    const value = line.slice(1);
    if (line[0] === 'p') pid = Number(value);
    if (line[0] === 'L') user = value;
    const colon = value.lastIndexOf(':');
    const port = line[0] === 'n' ? Number(value.slice(colon + 1)) : 0;
    const address = value.slice(0, colon).replace(/^\[|\]$/g, '');
    if (port && !holders.some((each) => each.port === port && each.pid === pid))
      holders.push({ port, address, pid, user });
  }
  return holders;
}
