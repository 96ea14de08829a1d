import { connect, createServer } from 'node:net';

/** The addresses of `localhost`; clients differ in which one they try first (RFC 6761, 6.3; RFC 8305). */
export const LOOPBACKS: readonly string[] = ['127.0.0.1', '::1'];

/** Nobody listens on an address that the machine does not have. */
const NO_SUCH_ADDRESS = ['EADDRNOTAVAIL', 'EAFNOSUPPORT'];
/** Short, since the operating system answers for its own addresses. */
const CONNECT_TIMEOUT_MS = 1_000;

/**
 * Whether something listens on a port at an address of `localhost`. Some systems let a process listen on a specific
 * address while another one listens on all, so a connection is tried as well.
 */
export async function isHeld(port: number, hosts = LOOPBACKS): Promise<boolean> {
  const held = hosts.map(async (host) => !(await canListen(port, host)) || (await answers(port, host)));
  return (await Promise.all(held)).includes(true);
}

function canListen(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', ({ code = '' }: NodeJS.ErrnoException) => resolve(NO_SUCH_ADDRESS.includes(code)));
    server.listen({ port, host, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function answers(port: number, host: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host, timeout: CONNECT_TIMEOUT_MS });
    // A timeout means that a listener exists, but its queue is full.
    socket.once('timeout', () => resolve(true) ?? socket.destroy());
    socket.once('connect', () => resolve(true) ?? socket.destroy());
    socket.once('error', () => resolve(false));
  });
}
