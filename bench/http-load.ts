import { connect, type Socket } from 'node:net';

export interface Load {
  port: number;
  /** The JSON body that is posted to /graphql. */
  body: string;
  token: string;
  /** The minimum number of requests. */
  requests: number;
  /** The minimum duration of the load. */
  milliseconds?: number;
}

const CONNECTIONS = 50;

/**
 * Sends requests, one after the other on each connection, and returns the number of responses with 200; any other response is an
 * error. Uses plain sockets without a client library, so that the load generator takes little of the measured machine.
 */
export async function load({ port, body, token, requests, milliseconds = 0 }: Load): Promise<number> {
  const head = [
    'POST /graphql HTTP/1.1',
    `host: 127.0.0.1:${port}`,
    'content-type: application/json',
    `authorization: Bearer ${token}`,
    `content-length: ${Buffer.byteLength(body)}`,
  ];
  const request = `${head.join('\r\n')}\r\n\r\n${body}`;
  const end = performance.now() + milliseconds;
  let count = 0;
  const sendAll = async () => {
    const socket = connect(port, '127.0.0.1').setNoDelay();
    for (; count < requests || performance.now() < end; count++) {
      const responded = response(socket);
      socket.write(request);
      await responded;
    }
    socket.destroy();
  };
  await Promise.all(Array.from({ length: CONNECTIONS }, sendAll));
  return count;
}

function response(socket: Socket): Promise<void> {
  return new Promise((resolve, reject) => {
    let text = '';
    const onData = (chunk: Buffer) => {
      text += chunk.toString('latin1');
      const body = text.indexOf('\r\n\r\n') + 4;
      const length = /^content-length: (\d+)/im.exec(text)?.[1];
      if (body < 4 || length === undefined || text.length < body + Number(length)) return;
      socket.off('data', onData).off('error', reject);
      if (text.startsWith('HTTP/1.1 200') && !text.includes('"errors"')) resolve();
      else reject(new Error(text));
    };
    socket.on('data', onData).once('error', reject);
  });
}
