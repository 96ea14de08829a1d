import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { commandOf } from '../process/process-table.js';
import { hasSocketTable, pidsOf, socketsOn } from './socket-table.js';

/** Who listens on a port. What belongs to another user may not show its pid. */
export interface Holder {
  port: number;
  pid?: number;
  command?: string;
  user?: string;
}

/** The processes that listen on these ports, on any address. */
export async function holdersOf(ports: number[]): Promise<Holder[]> {
  if (ports.length === 0) return [];
  const listeners = hasSocketTable ? fromTable(ports) : await fromLsof(ports);
  return listeners.map((holder) => ({ ...holder, command: holder.pid && commandOf(holder.pid) }) as Holder);
}

function fromTable(ports: number[]): Holder[] {
  const sockets = socketsOn(ports).filter(({ listens }) => listens);
  const pids = pidsOf(sockets);
  const holders = sockets.map(({ port, uid, inode }) => ({
    port,
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
