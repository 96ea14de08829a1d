import { execFile, spawn, type ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync } from 'node:fs';
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { Kafka, logLevel } from 'kafkajs';
import { freePort } from './free-port.js';

const main = resolve(import.meta.dirname, '../cli/dist/broker.js');
const START_TIMEOUT_MS = 60_000;

export interface BrokerProcess {
  readonly pid: number;
  readonly port: number;
  /** From the start of the process to a client's first metadata. */
  readonly firstMetadataMs: number;
  stop(): Promise<void>;
}

/** The embedded broker on a new data directory. */
export async function startEmbedded(): Promise<BrokerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'msx-bench-'));
  const port = await freePort();
  const start = performance.now();
  const child = spawn(process.execPath, [main, '--port', String(port), '--data', data], { stdio: 'ignore' });
  return started({ child, port, data, start });
}

/** The folder of Apache Kafka's jars, if it is to be measured too. */
const libs = process.env.TEST_KAFKA_LIBS;
export const hasApacheKafka = libs !== undefined && existsSync(libs);

/** Apache Kafka as a single node with the settings of its own single-node example and a heap of 256 MB. */
export async function startApacheKafka(): Promise<BrokerProcess> {
  const data = await mkdtemp(join(tmpdir(), 'msx-bench-kafka-'));
  const [port, controller] = [await freePort(), await freePort()];
  const properties = join(data, 'server.properties');
  await writeFile(properties, settings({ port, controller, data }));
  const java = ['-cp', `${libs}/*`];
  const id = randomBytes(16).toString('base64url');
  const format = [...java, 'kafka.tools.StorageTool', 'format', '-t', id, '-c', properties];
  await promisify(execFile)('java', format, { timeout: START_TIMEOUT_MS });
  const start = performance.now();
  const child = spawn('java', ['-Xms256m', '-Xmx256m', ...java, 'kafka.Kafka', properties], {
    stdio: 'ignore',
  });
  return started({ child, port, data, start });
}

const settings = ({ port, controller, data }: { port: number; controller: number; data: string }): string => `
process.roles=broker,controller
node.id=1
controller.quorum.voters=1@127.0.0.1:${controller}
listeners=PLAINTEXT://127.0.0.1:${port},CONTROLLER://127.0.0.1:${controller}
controller.listener.names=CONTROLLER
log.dirs=${data}/data
offsets.topic.replication.factor=1
transaction.state.log.replication.factor=1
transaction.state.log.min.isr=1
group.initial.rebalance.delay.ms=0
`;

/** Clients that retry fast, so that they notice at once that a broker has started. */
export const clientOf = (port: number): Kafka =>
  new Kafka({
    brokers: [`127.0.0.1:${port}`],
    logLevel: logLevel.NOTHING,
    retry: { initialRetryTime: 5, multiplier: 1, factor: 0, retries: START_TIMEOUT_MS / 5 },
  });

interface Starting {
  readonly child: ChildProcess;
  readonly port: number;
  readonly data: string;
  readonly start: number;
}

async function started({ child, port, data, start }: Starting): Promise<BrokerProcess> {
  const exited = new Promise((done) => child.once('exit', done));
  const stop = async () => {
    child.kill();
    await exited;
    await rm(data, { recursive: true, force: true });
  };
  const admin = clientOf(port).admin();
  const died = exited.then((code) => Promise.reject(new Error(`the broker ended with ${String(code)}`)));
  try {
    await Promise.race([admin.connect(), died]);
    await admin.listTopics();
    const firstMetadataMs = performance.now() - start;
    await admin.disconnect();
    died.catch(() => {});
    return { pid: child.pid!, port, firstMetadataMs, stop };
  } catch (error) {
    await stop();
    throw error;
  }
}
