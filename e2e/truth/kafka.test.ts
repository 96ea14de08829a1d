import { afterAll, beforeAll, beforeEach, expect, jest } from '@jest/globals';
import { spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createInterface } from 'node:readline';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Kafka, logLevel } from 'kafkajs';
import { repository } from '../shop-copy.fixture.js';
import { notSaid } from './sentences.fixture.js';

jest.setTimeout(60_000);

/** Two topics of a system of one service, and one with more partitions than declared. */
const model = (port: number) => `
name: toys
broker: { port: ${port} }
topics:
  toy.made: { message: toys.v1.Made, partitions: 3 }
  toy.sold: { message: toys.v1.Made, partitions: 1 }
services: {}
`;

let folder: string;
let address: string;
let broker: ChildProcess;
let kafka: Kafka;

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'msx-truth-kafka-'));
  broker = spawn(process.execPath, [
    join(repository, 'cli/dist/broker.js'),
    '--port',
    '0',
    '--data',
    join(folder, 'data'),
  ]);
  for await (const line of createInterface(broker.stdout!)) {
    const { port } = JSON.parse(line) as { port?: number };
    if (port === undefined) continue;
    address = `127.0.0.1:${port}`;
    writeFileSync(join(folder, 'msx.yaml'), model(port));
    break;
  }
  broker.stdout!.resume();
  kafka = new Kafka({ brokers: [address], logLevel: logLevel.NOTHING });
});
afterAll(async () => {
  broker.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true });
});

const admin = async <T>(use: (client: ReturnType<Kafka['admin']>) => Promise<T>): Promise<T> => {
  const client = kafka.admin();
  await client.connect();
  return use(client).finally(() => client.disconnect());
};

beforeEach(() =>
  admin(async (client) => {
    const topics = await client.listTopics();
    if (topics.length > 0) await client.deleteTopics({ topics });
    await client.createTopics({
      topics: [
        { topic: 'toy.made', numPartitions: 1 },
        { topic: 'toy.sold', numPartitions: 2 },
      ],
    });
  }),
);

interface Run {
  readonly stdout: string;
  readonly code: number | null;
}

const msx = (...args: string[]): Promise<Run> =>
  new Promise((resolve) => {
    const child = spawn(process.execPath, [join(repository, 'cli/bin/run.js'), ...args], {
      cwd: folder,
      env: {
        ...process.env,
        ...{ NODE_OPTIONS: '', KAFKA_BROKERS: '', MSX_RUNTIME_DIR: join(folder, 'run') },
      },
      stdio: ['ignore', 'pipe', 'ignore'],
    });
    let stdout = '';
    child.stdout.on('data', (chunk: Buffer) => (stdout += String(chunk)));
    child.on('close', (code) => resolve({ stdout, code }));
  });

/** A run that fails, and so has not done what it would say. */
const failing = async (...args: string[]): Promise<Run> => {
  const run = await msx(...args);
  expect(run.code).not.toBe(0);
  return run;
};

/** While the broker answers nothing, as if it hung. */
async function whilePaused(work: () => Promise<Run>): Promise<Run> {
  broker.kill('SIGSTOP');
  return work().finally(() => broker.kill('SIGCONT'));
}

notSaid({ command: 'topics create', says: 'created …, partitions: …' }, () =>
  failing('topics', 'create', 'toy.made'),
);
notSaid({ command: 'topics alter', says: 'altered …' }, () =>
  failing('topics', 'alter', 'toy.sold', '--partitions', '1'),
);
notSaid({ command: 'topics delete', says: 'deleted …' }, () =>
  failing('topics', 'delete', 'toy.lost', '--yes'),
);
notSaid({ command: 'topics produce', says: 'wrote … to …, from …' }, () =>
  whilePaused(() => failing('topics', 'produce', 'toy.made', 'x', '--force')),
);
notSaid({ command: 'topics apply', says: 'all topics are as msx.yaml declares them' }, async () => {
  await admin((client) => client.createPartitions({ topicPartitions: [{ topic: 'toy.made', count: 3 }] }));
  const run = await msx('topics', 'apply', '--yes');
  expect(run.stdout).toContain('2 partitions instead of 1');
  return run;
});
notSaid({ command: 'topics apply', says: 'changed topics: …' }, () =>
  whilePaused(() => failing('topics', 'apply', '--yes')),
);
/** A dead letter of a group that reads the topic. */
const letterTo = async (group: string): Promise<void> => {
  const dlq = `toy.sold.${group}.dlq`;
  await admin((client) => client.createTopics({ topics: [{ topic: dlq, numPartitions: 1 }] }));
  const partitions = [{ partition: 0, offset: '0' }];
  await admin((client) => client.setOffsets({ groupId: group, topic: 'toy.sold', partitions }));
  const from = ['original-topic=toy.sold', 'original-partition=0', 'original-offset=0'];
  await msx('topics', 'produce', dlq, 'x', ...from.flatMap((header) => ['-H', header]));
};

notSaid({ command: 'topics dlq list', says: 'no dead letters' }, async () => {
  await letterTo('toys');
  const run = await msx('topics', 'dlq', 'list');
  expect(run.stdout).toMatch(/^toy\.sold +toys +1 /m);
  return run;
});
notSaid({ command: 'topics dlq replay', says: 'replayed dead letters of …: …, to …' }, async () => {
  await letterTo('toys');
  return whilePaused(() => failing('topics', 'dlq', 'replay', 'toy.sold', '--all', '--yes'));
});
notSaid({ command: 'topics dlq drop', says: 'dropped dead letters of …: …' }, async () => {
  await letterTo('toys');
  return whilePaused(() => failing('topics', 'dlq', 'drop', 'toy.sold', '--all', '--yes'));
});
notSaid({ command: 'groups delete', says: 'deleted the group …' }, () =>
  failing('groups', 'delete', 'nobody', '--yes'),
);

const commit = (offset: string) =>
  admin((client) =>
    client.setOffsets({ groupId: 'toys', topic: 'toy.made', partitions: [{ partition: 0, offset }] }),
  );

notSaid({ command: 'groups reset', says: 'no offset of … would change' }, async () => {
  await msx('topics', 'produce', 'toy.made', 'x', '--force');
  await commit('1');
  return msx('groups', 'reset', 'toys', '--to', 'earliest', '--dry-run');
});
notSaid({ command: 'groups reset', says: 'reset …, partitions: …' }, async () => {
  const consumer = kafka.consumer({ groupId: 'toys' });
  await consumer.connect();
  await consumer.subscribe({ topics: ['toy.made'] });
  const joined = new Promise((resolve) => consumer.on('consumer.group_join', resolve));
  await consumer.run({ eachMessage: () => Promise.resolve() });
  await joined;
  return failing('groups', 'reset', 'toys', '--to', 'earliest', '--yes').finally(() => consumer.disconnect());
});

const start = (port: string) => ['broker', 'start', '--detach', '--port', port];

/** Starts a broker in the background and kills it. Returns its port. */
async function killedBroker(port = '0'): Promise<string> {
  const { stdout } = await msx(...start(port), '--json');
  const started = JSON.parse(stdout) as { pid: number; port: number };
  process.kill(started.pid, 'SIGKILL');
  return String(started.port);
}

notSaid({ command: 'broker start', says: 'the broker runs at … (pid …)' }, () =>
  failing(...start(address.split(':')[1]!)),
);
notSaid({ command: 'broker start', says: 'the broker already runs at … (pid …)' }, async () => {
  const port = await killedBroker();
  await killedBroker(port);
  const run = await msx(...start(port));
  await msx('broker', 'stop');
  return run;
});
notSaid({ command: 'broker stop', says: 'stopped the broker at …' }, async () => {
  await killedBroker();
  return msx('broker', 'stop');
});
notSaid({ command: 'broker stop', says: 'no broker is running in the background…' }, async () => {
  await msx(...start('0'));
  return msx('broker', 'stop');
});
