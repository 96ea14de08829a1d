import { connect, createServer } from 'node:net';

const LOOPBACK = '127.0.0.1';

/**
 * Whether something listens on a port where our processes would. Some systems let one listen on an address of
 * its own beside another that listens on all: whether somebody answers there tells.
 */
export async function isHeld(port: number): Promise<boolean> {
  return !(await canListen(port)) || (await answers(port));
}

function canListen(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => resolve(false));
    server.listen({ port, host: LOOPBACK, exclusive: true }, () => server.close(() => resolve(true)));
  });
}

function answers(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ port, host: LOOPBACK });
    socket.once('connect', () => resolve(true) ?? socket.destroy());
    socket.once('error', () => resolve(false));
  });
}
