import { commandOf } from '../../processes/process-table.js';
import { hasSocketTable, pidsOf, socketsOn } from './socket-table.js';

/**
 * The connection that uses a port as its local end, in a few words. The system assigns local ports from a range of its
 * own (on Linux `ip_local_port_range`, 32768 to 60999), and nobody can listen on one until it is released: by the process
 * that has the connection or, once that has closed it, by the system after a minute (TIME-WAIT, RFC 9293, 3.3.2).

 */
export function connectionOn(port: number): string | undefined {
  if (!hasSocketTable) return undefined;
  const sockets = socketsOn([port]).filter(({ listens }) => !listens);
  if (sockets.length === 0) return undefined;
  const [pid] = pidsOf(sockets).values();
  return pid === undefined
    ? 'a connection that is closing'
    : `a connection of ${commandOf(pid) ?? 'a process'} (pid ${pid})`;
}
