import { existsSync, readFileSync, readdirSync, readlinkSync } from 'node:fs';

/** A TCP socket of this machine, by its local end. */
export interface Socket {
  port: number;
  address: string;
  listens: boolean;
  uid: number;
  /** '0' if no process owns it any longer: the system is closing it. */
  inode: string;
}

const TABLES = ['/proc/net/tcp', '/proc/net/tcp6'];
const LISTEN = '0A';

/** Only on Linux. */
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
  const [address = '', port = ''] = local?.split(':') ?? [];
  return {
    port: parseInt(port, 16),
    address: addressOf(address),
    listens: state === LISTEN,
    uid: Number(uid),
    inode,
  };
}

/** The words of an address are in host byte order, which is little-endian. */
function addressOf(hex: string): string {
  const bytes = hex.match(/.{8}/g)?.flatMap((word) => word.match(/../g)!.reverse()) ?? [];
  if (bytes.length <= 4) return bytes.map((byte) => parseInt(byte, 16)).join('.');
  const groups = bytes.join('').match(/.{4}/g)!.join(':');
  return new URL(`http://[${groups}]`).hostname.slice(1, -1);
}

/** The pids of the processes that own these sockets, by inode, as far as they are accessible. */
export function pidsOf(sockets: readonly Socket[]): Map<string, number> {
  const inodes = new Set(sockets.map(({ inode }) => inode));
  const found = new Map<string, number>();
  if (inodes.size === 0) return found;
  for (const pid of list('/proc').filter((name) => /^\d+$/.test(name)))
    for (const fd of list(`/proc/${pid}/fd`)) {
      const inode = /^socket:\[(\d+)\]$/.exec(link(`/proc/${pid}/fd/${fd}`))?.[1];
      if (inode && inodes.has(inode)) found.set(inode, Number(pid));
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
