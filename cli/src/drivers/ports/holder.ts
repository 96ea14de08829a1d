import { execFile } from 'node:child_process';
import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';
import { commandOf } from '../process/process-table.js';

/** Who listens on a port. What belongs to another user may not show its pid. */
export interface Holder {
  port: number;
  pid?: number;
  command?: string;
  user?: string;
}

const LISTEN = '0A';

/** The processes that listen on these ports, on any address. */
export async function holdersOf(ports: number[]): Promise<Holder[]> {
  if (ports.length === 0) return [];
  const listeners = existsSync('/proc/net/tcp') ? fromProc(ports) : await fromLsof(ports);
  return listeners.map((holder) => ({ ...holder, command: holder.pid && commandOf(holder.pid) }) as Holder);
}

/** proc_net(5): address and port in hexadecimal, state, owner and inode of every socket. */
function fromProc(ports: number[]): Holder[] {
  const sockets = new Map<string, Holder>();
  for (const file of ['/proc/net/tcp', '/proc/net/tcp6']) {
    if (!existsSync(file)) continue;
    for (const line of readFileSync(file, 'utf8').split('\n').slice(1)) {
      const [, local, , state, , , , uid, , inode] = line.trim().split(/\s+/);
      const port = parseInt(local?.split(':')[1] ?? '', 16);
      if (state === LISTEN && ports.includes(port))
        sockets.set(inode!, { port, user: userName(Number(uid)) });
    }
  }
  const pids = sockets.size > 0 ? pidsOf(sockets) : new Map<string, number>();
  const holders = [...sockets].map(([inode, holder]) => ({ ...holder, pid: pids.get(inode) }));
  return holders.filter(
    ({ port, pid }, n) => holders.findIndex((h) => h.port === port && h.pid === pid) === n,
  );
}

function pidsOf(sockets: ReadonlyMap<string, unknown>): Map<string, number> {
  const found = new Map<string, number>();
  for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name)))
    for (const fd of list(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`))?.[1];
      if (inode && sockets.has(inode)) found.set(inode, Number(pid));
    }
  return found;
}

function list(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}

function link(path: string): string {
  try {
    return readlinkSync(path);
  } catch {
    return '';
  }
}

function userName(uid: number): string {
  const users = readFileSync('/etc/passwd', 'utf8').split('\n');
  return users.find((line) => line.split(':')[2] === String(uid))?.split(':')[0] ?? String(uid);
}

/** `-F` prints one field a line, each under its letter: p(id), L(ogin), n(ame of the socket). */
function fromLsof(ports: number[]): Promise<Holder[]> {
  const options = ['-nP', '-sTCP:LISTEN', '-FpLn', ...ports.map((port) => `-iTCP:${port}`)];
  return new Promise((resolve) => {
    execFile('lsof', options, (_, output) => resolve(holdersFromLsof(output)));
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
    const port = line[0] === 'n' ? Number(value.slice(value.lastIndexOf(':') + 1)) : 0;
    if (port && !holders.some((each) => each.port === port && each.pid === pid))
      holders.push({ port, pid, user });
  }
  return holders;
}
