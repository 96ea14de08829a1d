import { connect } from 'node:net';
import { connect as connectTls } from 'node:tls';
import type { Health } from '../resource.js';

const TIMEOUT_MS = 1_000;
/** ApiVersions (key 18), version 0, correlation id 1, no client id: a request that every Kafka broker answers. */
const API_VERSIONS = Buffer.from([0, 0, 0, 10, 0, 18, 0, 0, 0, 0, 0, 1, 0xff, 0xff]);
/** The size, the correlation id and the error code of the answer. */
const ANSWER_BYTES = 10;

const UP: Health = { started: true, ready: true, degraded: false, checks: [] };

/** Up as soon as one of the brokers (host:port, comma-separated) answers a Kafka request that needs no authentication. */
export async function probeKafka(brokers: string, tls = false): Promise<Health | undefined> {
  const answers = await Promise.all(brokers.split(',').map((address) => answersKafka(address.trim(), tls)));
  return answers.some(Boolean) ? UP : undefined;
}

function answersKafka(address: string, tls: boolean): Promise<boolean> {
  const colon = address.lastIndexOf(':');
  const where = { host: address.slice(0, colon), port: Number(address.slice(colon + 1)) };
  return new Promise((resolve) => {
    // Verifying the certificate is left to the services, which know the authority.
    const socket = tls
      ? connectTls({ ...where, rejectUnauthorized: false, timeout: TIMEOUT_MS })
      : connect({ ...where, timeout: TIMEOUT_MS });
    let answer = Buffer.alloc(0);
    const settle = (up: boolean) => {
      resolve(up);
      socket.destroy();
    };
    socket.on('timeout', () => settle(false));
    socket.on('error', () => settle(false)).on('close', () => settle(false));
    socket.on(tls ? 'secureConnect' : 'connect', () => socket.write(API_VERSIONS));
    socket.on('data', (chunk) => {
      answer = Buffer.concat([answer, chunk]);
      if (answer.length >= ANSWER_BYTES) settle(answer.readInt32BE(4) === 1 && answer.readInt16BE(8) === 0);
    });
  });
}
