import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { median, residentMegabytes, type Measurement } from './measure.js';

const main = resolve(import.meta.dirname, '../cli/dist/broker.js');

/** Time from the start of the broker's process to a client's first metadata response, and memory at that point. */
export default async function broker(): Promise<Measurement[]> {
  const runs = [];
  for (let n = 0; n < 7; n++) runs.push(await firstMetadata(29_092 + n));
  return [
    { what: 'process start to first metadata, ms', value: median(runs.map(({ ms }) => ms)), bound: 300 },
    { what: 'resident MB', value: median(runs.map(({ megabytes }) => megabytes)), bound: 90 },
  ];
}

async function firstMetadata(port: number) {
  const data = await mkdtemp(join(tmpdir(), 'msx-bench-'));
  const admin = new Kafka({
    brokers: [`127.0.0.1:${port}`],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 5, multiplier: 1, factor: 0, retries: 500 },
  }).admin();
  const start = performance.now();
  const child = spawn(process.execPath, [
    main,
    '--host',
    '127.0.0.1',
    '--port',
    String(port),
    '--data',
    data,
  ]);
  try {
    await new Promise((listening) => child.stdout.once('data', listening));
    await admin.connect();
    await admin.listTopics();
    const ms = performance.now() - start;
    return { ms, megabytes: residentMegabytes(child.pid!) };
  } finally {
    await admin.disconnect();
    child.kill();
    await new Promise((exited) => child.once('exit', exited));
    await rm(data, { recursive: true, force: true });
  }
}
