import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Address, Broker } from './broker.js';
import { GroupCoordinator } from './groups/group-coordinator.js';
import { OffsetStore, type CommittedOffset } from './groups/offset-store.js';
import type { StoredGroup } from './groups/stored-group.js';
import { silent, type Log } from './log-line.js';
import { metricsText } from './metrics/metrics-text.js';
import { RequestMeter } from './metrics/request-meter.js';
import { serveMetrics, type MetricsServer } from './metrics/serve-metrics.js';
import { ProducerIds } from './producers/producer-ids.js';
import type { FrameHandler } from './server/connection.js';
import { dispatcher } from './server/dispatch.js';
import { listen } from './server/listen.js';
import { diskOf, type Disk } from './storage/disk.js';
import { lockDirectory } from './storage/directory-lock.js';
import { MemoryFileSystem } from './storage/memory-file-system.js';
import { StateStore } from './storage/state-store.js';
import { makeRoom } from './topics/make-room.js';
import { TopicCatalogue, type TopicRecord } from './topics/topic-catalogue.js';

export interface BrokerOptions {
  /** The address to listen on (default: 127.0.0.1). */
  readonly host?: string;
  /** The port to listen on (default: 0, a free port). */
  readonly port?: number;
  /**
   * The data directory; created if it is missing. Only one broker at a time can use it. Without one, all data is in
   * memory and is gone when the broker stops.
   */
  readonly data?: string;
  /** The limit of data in memory (default: 512 MiB): beyond it, the oldest records are deleted. */
  readonly memoryBytes?: number;
  /** The address that clients connect to (default: where the broker listens). */
  readonly advertised?: Partial<Address>;
  /** The number of partitions of a topic that is created without one (default: 1). */
  readonly defaultPartitions?: number;
  /** The port on `host` to serve metrics at, for Prometheus; 0 picks a free one (default: none). */
  readonly metricsPort?: number | undefined;
  readonly log?: Log;
  /** Wraps the handling of requests that arrive at a listener, for faults in tests. */
  readonly intercept?: (answer: FrameHandler) => FrameHandler;
}

export interface RunningBroker {
  readonly port: number;
  readonly metricsPort?: number;
  /** Answers a request without a connection, and without {@link BrokerOptions.intercept}. */
  readonly answer: FrameHandler;
  dropConnections(): void;
  /** Closes all connections, flushes everything to the disk and unlocks the directory. */
  close(): Promise<void>;
}

/** How often retention is applied. */
const RETENTION_INTERVAL_MS = 30_000;
/** Larger requests are refused (Kafka's socket.request.max.bytes). */
const MAX_FRAME_BYTES = 100 << 20;
const NODE_ID = 1;
const MEMORY_BYTES = 512 << 20;
/** The root of the files in memory. */
const MEMORY_ROOT = '/';

/** Restricts the data directory to its owner. A directory of another user is left unchanged. */
const makePrivate = (data: string): void => {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(data);
  if (uid === process.getuid?.() && (mode & 0o077) !== 0) chmodSync(data, 0o700);
};

/** Starts a broker. Rejects with DirectoryLocked, StorageError or a listen error (EADDRINUSE…). */
export const startBroker = async (options: BrokerOptions): Promise<RunningBroker> => {
  const { host = '127.0.0.1', port = 0, log = silent } = options;
  let running: Broker | undefined;
  const { disk, unlock } =
    options.data === undefined
      ? openMemory(options, () => running !== undefined && makeRoom(running.topics, log))
      : openDirectory(options.data, log);
  const steps: Step[] = [() => release(disk, unlock)];
  const close = closer(steps);
  const address = { host: isWildcard(host) ? '127.0.0.1' : host, port };
  try {
    const broker = (running = openBroker(options, disk, address));
    steps.unshift(() => broker.groups.close());
    const answer = dispatcher(broker);
    const meter = new RequestMeter();
    const received = meter.counting(options.intercept?.(answer) ?? answer);
    const server = await listen({ host, port }, received, { maxFrame: MAX_FRAME_BYTES, log });
    Object.assign(address, { port: server.port, ...options.advertised });
    steps.unshift(scheduleRetention(broker), server.close);
    const metrics = await startMetrics(options, broker, meter);
    if (metrics) steps.unshift(metrics.close);
    const ports = { port: server.port, ...(metrics && { metricsPort: metrics.port }) };
    return { ...ports, answer, dropConnections: server.dropConnections, close };
  } catch (error) {
    await close();
    throw error;
  }
};

interface Opened {
  readonly disk: Disk;
  unlock(): void;
}

const openDirectory = (data: string, log: Log): Opened => {
  makePrivate(data);
  mkdirSync(join(data, 'topics'), { recursive: true, mode: 0o700 });
  accessSync(join(data, 'topics'), constants.W_OK);
  return { disk: diskOf(log), unlock: lockDirectory(data) };
};

const openMemory = (options: BrokerOptions, makeRoomFor: () => boolean): Opened => {
  const { memoryBytes = MEMORY_BYTES, log = silent } = options;
  const memory = new MemoryFileSystem({ maxBytes: memoryBytes, makeRoom: makeRoomFor });
  memory.mkdirSync(join(MEMORY_ROOT, 'topics'));
  return { disk: diskOf(log, memory), unlock: () => {} };
};

const startMetrics = async (
  { host = '127.0.0.1', metricsPort: port }: BrokerOptions,
  broker: Broker,
  meter: RequestMeter,
): Promise<MetricsServer | undefined> =>
  port === undefined ? undefined : serveMetrics({ host, port }, () => metricsText(broker, meter));

/** Clients cannot connect to a wildcard address. */
const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::';

const openBroker = (options: BrokerOptions, disk: Disk, address: Address): Broker => {
  const { data = MEMORY_ROOT, defaultPartitions = 1 } = options;
  const state = new StateStore(join(data, 'state.log'), disk);
  const now = Date.now;
  const cluster = state.table<string>('cluster');
  if (!cluster.get('id')) cluster.set('id', randomBytes(16).toString('base64url'));
  const stored = {
    topics: state.table<TopicRecord>('topics'),
    startOffsets: state.table<number>('start-offsets'),
  };
  return {
    nodeId: NODE_ID,
    clusterId: cluster.get('id')!,
    address,
    defaultPartitions,
    topics: new TopicCatalogue(join(data, 'topics'), stored, disk),
    groups: new GroupCoordinator(state.table<StoredGroup>('groups'), { now, log: disk.log }),
    offsets: new OffsetStore(state.table<CommittedOffset>('offsets')),
    producerIds: new ProducerIds(state.table<number>('producer-ids')),
    log: disk.log,
    now,
  };
};

/** Applies retention periodically; disk errors are retried the next time. */
const scheduleRetention = ({ topics, log, now }: Broker): Step => {
  const applyRetention = (): void => {
    for (const { name, partitions } of topics.all())
      try {
        for (const partition of partitions) partition.retain(now());
      } catch (error) {
        log('error', 'retention failed', { topic: name, err: String(error) });
      }
  };
  const timer = setInterval(applyRetention, RETENTION_INTERVAL_MS).unref();
  return () => clearInterval(timer);
};

type Step = () => void | Promise<void>;

/** Runs the steps in order; repeated calls run them only once. */
const closer = (steps: Step[]): (() => Promise<void>) => {
  let closing: Promise<void> | undefined;
  const run = async (): Promise<void> => {
    for (const step of steps) await step();
  };
  return () => (closing ??= run());
};

const release = async ({ files, flusher }: Disk, unlock: () => void): Promise<void> => {
  await flusher.close();
  files.closeAll();
  unlock();
};
