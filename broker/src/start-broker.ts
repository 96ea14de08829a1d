import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Address, Broker } from './broker.js';
import { GroupCoordinator } from './groups/group-coordinator.js';
import { OffsetStore, type CommittedOffset } from './groups/offset-store.js';
import type { StoredGroup } from './groups/stored-group.js';
import { silent, type Log } from './log-line.js';
import { ProducerIds } from './producers/producer-ids.js';
import { ConfiguredResources } from './settings/configured-resources.js';
import { settingsAtStart } from './settings/settings-at-start.js';
import { dispatcher } from './server/dispatch.js';
import { listen } from './server/listen.js';
import type { Disk } from './storage/disk.js';
import { lockDirectory } from './storage/directory-lock.js';
import { FilePool } from './storage/file-pool.js';
import { Flusher } from './storage/flusher.js';
import { Remover } from './storage/remover.js';
import { StateStore } from './storage/state-store.js';
import { LogCleaner } from './topics/log-cleaner.js';
import { TopicCatalogue, type TopicRecord } from './topics/topic-catalogue.js';

export interface BrokerOptions {
  /** The address to listen on (default: 127.0.0.1). */
  readonly host?: string;
  /** The port to listen on (default: 0, a free port). */
  readonly port?: number;
  /** The data directory; created if it is missing. Only one broker at a time can use it. */
  readonly data: string;
  /** The address that clients connect to (default: where the broker listens). */
  readonly advertised?: Partial<Address>;
  /** The number of partitions of a topic that is created without one (default: 1). */
  readonly defaultPartitions?: number;
  /** Whether a client can create a topic by asking for it (default: true). */
  readonly autoCreate?: boolean;
  /** Settings of Kafka's server.properties that differ from their defaults. */
  readonly settings?: Readonly<Record<string, string>>;
  readonly log?: Log;
}

export interface RunningBroker {
  readonly port: number;
  /** Closes all connections, flushes everything to the disk and unlocks the directory. */
  close(): Promise<void>;
}

/** Larger requests are refused (Kafka's socket.request.max.bytes). */
const MAX_FRAME_BYTES = 100 << 20;
const NODE_ID = 1;

/** Restricts the data directory to its owner. A directory of another user is left unchanged. */
const makePrivate = (data: string): void => {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(data);
  if (uid === process.getuid?.() && (mode & 0o077) !== 0) chmodSync(data, 0o700);
};

/** Starts a broker. Rejects with DirectoryLocked, StorageError or a listen error (EADDRINUSE…). */
export const startBroker = async (options: BrokerOptions): Promise<RunningBroker> => {
  const { host = '127.0.0.1', port = 0, data, log = silent } = options;
  makePrivate(data);
  mkdirSync(join(data, 'topics'), { recursive: true, mode: 0o700 });
  accessSync(join(data, 'topics'), constants.W_OK);
  const unlock = lockDirectory(data);
  const disk: Disk = { files: new FilePool(), flusher: new Flusher(log), remover: new Remover(log), log };
  const steps: Step[] = [() => release(disk, unlock)];
  const close = closer(steps);
  const address = { host: isWildcard(host) ? '127.0.0.1' : host, port };
  try {
    const broker = openBroker(options, disk, address);
    steps.unshift(() => broker.groups.close());
    const server = await listen({ host, port }, dispatcher(broker), { maxFrame: MAX_FRAME_BYTES, log });
    Object.assign(address, { port: server.port, ...options.advertised });
    const cleaner = new LogCleaner(broker.topics, broker);
    cleaner.start();
    steps.unshift(() => cleaner.close(), server.close);
    return { port: server.port, close };
  } catch (error) {
    await close();
    throw error;
  }
};

const listenerOf = (host = '127.0.0.1', port = 0): string => `PLAINTEXT://${host}:${port}`;

/** Clients cannot connect to a wildcard address. */
const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::';

const openBroker = (options: BrokerOptions, disk: Disk, address: Address): Broker => {
  const { data, defaultPartitions = 1, autoCreate = true } = options;
  const state = new StateStore(join(data, 'state.log'), disk);
  const now = Date.now;
  const cluster = state.table<string>('cluster');
  if (!cluster.get('id')) cluster.set('id', randomBytes(16).toString('base64url'));
  const resources = new ConfiguredResources(
    state.table<Record<string, string>>('configs'),
    NODE_ID,
    settingsAtStart(options.settings, {
      nodeId: NODE_ID,
      data,
      partitions: defaultPartitions,
      autoCreate,
      listener: listenerOf(options.host, options.port),
      advertised: listenerOf(
        options.advertised?.host ?? address.host,
        options.advertised?.port ?? options.port,
      ),
    }),
  );
  const stored = {
    resources,
    topics: state.table<TopicRecord>('topics'),
    startOffsets: state.table<number>('start-offsets'),
  };
  return {
    nodeId: NODE_ID,
    clusterId: cluster.get('id')!,
    address,
    defaultPartitions,
    resources,
    topics: new TopicCatalogue(join(data, 'topics'), stored, disk),
    groups: new GroupCoordinator(state.table<StoredGroup>('groups'), { now, log: disk.log }),
    offsets: new OffsetStore(state.table<CommittedOffset>('offsets')),
    producerIds: new ProducerIds(state.table<number>('producer-ids')),
    log: disk.log,
    now,
  };
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

const release = async ({ files, flusher, remover }: Disk, unlock: () => void): Promise<void> => {
  await remover.close();
  await flusher.close();
  files.closeAll();
  unlock();
};
