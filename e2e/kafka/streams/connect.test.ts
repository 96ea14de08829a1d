import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { appendFileSync, existsSync, readFileSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { once } from 'node:events';
import { join } from 'node:path';
import { describeWhere } from '../../../checks/skipping.fixture.js';
import { startRestarting, type Restarting } from '../restarting-broker.fixture.js';
import { until } from '../until.fixture.js';
import { JavaProcess, libraries } from './java-process.fixture.js';

jest.setTimeout(300_000);

const TIMEOUT_MS = 90_000;
const REQUEST_TIMEOUT_MS = 30_000;

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  return port;
}

/** The topics of a worker are compacted, and are created by the worker itself. */
const settings = (broker: number, rest: number): string =>
  Object.entries({
    'bootstrap.servers': `127.0.0.1:${broker}`,
    'group.id': 'connect',
    'key.converter': 'org.apache.kafka.connect.storage.StringConverter',
    'value.converter': 'org.apache.kafka.connect.storage.StringConverter',
    'config.storage.topic': 'connect-configs',
    'offset.storage.topic': 'connect-offsets',
    'status.storage.topic': 'connect-status',
    'config.storage.replication.factor': 1,
    'offset.storage.replication.factor': 1,
    'status.storage.replication.factor': 1,
    'offset.storage.partitions': 2,
    'status.storage.partitions': 2,
    'offset.flush.interval.ms': 200,
    'exactly.once.source.support': 'disabled',
    listeners: `http://127.0.0.1:${rest}`,
  })
    .map(([name, value]) => `${name}=${value}\n`)
    .join('');

const connector = (kind: 'Source' | 'Sink', more: Readonly<Record<string, string>>) => ({
  name: kind.toLowerCase(),
  config: {
    'connector.class': `org.apache.kafka.connect.file.FileStream${kind}Connector`,
    'tasks.max': '1',
    ...more,
  },
});

describeWhere(libraries, 'npm run test:kafka-streams runs it')('Kafka Connect, distributed', () => {
  let broker: Restarting;
  let worker: JavaProcess;
  let rest: string;

  beforeEach(async () => {
    worker = new JavaProcess();
    broker = await startRestarting();
    const port = await freePort();
    rest = `http://127.0.0.1:${port}`;
    const file = join(worker.work, 'worker.properties');
    writeFileSync(file, settings(broker.port, port));
    worker.start('org.apache.kafka.connect.cli.ConnectDistributed', file);
  });
  afterEach(async () => {
    await worker.destroy();
    await broker?.destroy();
  });

  const isUp = async () => {
    try {
      return (await fetch(rest, { signal: AbortSignal.timeout(REQUEST_TIMEOUT_MS) })).ok;
    } catch {
      return false;
    }
  };

  async function create(body: object): Promise<number> {
    const headers = { 'content-type': 'application/json' };
    const signal = AbortSignal.timeout(REQUEST_TIMEOUT_MS);
    const { status } = await fetch(`${rest}/connectors`, {
      method: 'POST',
      headers,
      signal,
      body: JSON.stringify(body),
    });
    return status;
  }

  it('copies a file through a topic, while the broker is killed', async () => {
    const [from, to] = [join(worker.work, 'from'), join(worker.work, 'to')];
    writeFileSync(from, 'one\ntwo\n');
    await until(isUp, TIMEOUT_MS);
    const source = connector('Source', { file: from, topic: 'lines' });
    await until(async () => (await create(source)) === 201, TIMEOUT_MS);
    const sink = connector('Sink', { file: to, topics: 'lines' });
    await until(async () => (await create(sink)) === 201, TIMEOUT_MS);
    const copied = () => (existsSync(to) ? readFileSync(to, 'utf8') : '');
    await until(() => copied() === 'one\ntwo\n', TIMEOUT_MS);
    await broker.killAndRestart();
    appendFileSync(from, 'three\n');
    // What the sink had not committed as consumed it writes again, as at-least-once delivery allows.
    await until(() => copied().endsWith('three\n'), TIMEOUT_MS);
    expect([...new Set(copied().trim().split('\n'))]).toEqual(['one', 'two', 'three']);
  });
});
