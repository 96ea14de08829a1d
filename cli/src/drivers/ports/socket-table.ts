import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** One TCP socket of this machine by its own end. */
export interface Socket {
  port: number;
  listens: boolean;
  uid: number;
  /** '0' where no process has it any more: the system itself closes it. */
  inode: string;
}

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const LISTEN = '0A';

/** Elsewhere than on Linux there is none to be read. */
export const hasSocketTable = existsSync(TABLES[0]!);

/** proc_net(5): address and port in hexadecimal, state, owner and inode of every socket. */
export function socketsOn(ports: readonly number[]): Socket[] {
  const lines = TABLES.filter((file) => existsSync(file)).flatMap((file) =>
    readFileSync(file, 'utf8').split('\n').slice(1),
  );
  return lines.map(socketFrom).filter(({ port }) => ports.includes(port));
}

function socketFrom(line: string): Socket {
  const [, local, , state, , , , uid, , inode = ''] = line.trim().split(/\s+/);
  const port = parseInt(local?.split(':')[1] ?? '', 16);
  return { port, listens: state === LISTEN, uid: Number(uid), inode };
}

/** The processes that have these sockets, as far as they may be looked into: pids by inode. */
export function pidsOf(sockets: readonly Socket[]): Map<string, number> {
  const wanted = new Set(sockets.map(({ inode }) => inode));
  const found = new Map<string, number>();
  if (wanted.size === 0) return found;
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name)))
    for (const fd of list(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`))?.[1];
      if (inode && wanted.has(inode)) found.set(inode, Number(pid));
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
