import { spawn } from 'node:child_process';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { compare, median, residentMegabytes, timeOfNode, type Measurement } from './measure.js';

const main = resolve(import.meta.dirname, '../cli/dist/broker.js');

/** Time from the start of the broker's process to a client's first metadata response, and memory at that point. */
export default async function broker(): Promise<Measurement[]> {
  const megabytes: number[] = [];
  let port = 29_092;
  const start = async () => {
    const run = await firstMetadata(port++);
    megabytes.push(run.megabytes);
    return run.ms;
  };
  const wall = await compare({ broker: start, node: timeOfNode }, 7);
  return [
    { what: 'process start to first metadata, ms', value: wall.broker },
    { what: 'process start to first metadata ÷ node -e 0, wall', value: wall.broker / wall.node, bound: 2.5 },
    { what: 'resident MB', value: median(megabytes), bound: 90 },
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
