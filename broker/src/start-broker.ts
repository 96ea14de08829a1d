import { randomBytes } from 'node:crypto';
import { accessSync, constants, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Address, Broker } from './broker.js';
import { GroupCoordinator } from './groups/group-coordinator.js';
import { OffsetStore, type CommittedOffset } from './groups/offset-store.js';
import type { StoredGroup } from './groups/stored-group.js';
import { silent, type Log } from './log-line.js';
import { ProducerIds } from './producers/producer-ids.js';
import { dispatcher } from './server/dispatch.js';
import { listen } from './server/listen.js';
import type { Disk } from './storage/disk.js';
import { lockDirectory } from './storage/directory-lock.js';
import { FilePool } from './storage/file-pool.js';
import { Flusher } from './storage/flusher.js';
import { StateStore } from './storage/state-store.js';
import { TopicCatalogue, type TopicRecord } from './topics/topic-catalogue.js';

export interface BrokerOptions {
  /** Address to listen on. Default 127.0.0.1. */
  readonly host?: string;
  /** Port to listen on. Default 0, any free one. */
  readonly port?: number;
  /** Directory of the broker's files; made if it is missing. One broker at a time can have it. */
  readonly data: string;
  /** What clients are told to connect to, if it is not where the broker listens. */
  readonly advertised?: Partial<Address>;
  /** Partitions of a topic whose creator does not say. Default 1. */
  readonly defaultPartitions?: number;
  readonly log?: Log;
}

export interface RunningBroker {
  readonly port: number;
  /** Ends all connections, writes everything to the disk and frees the directory. */
  close(): Promise<void>;
}

/** How often old records are looked for. */
const RETENTION_INTERVAL_MS = 30_000;
/** Larger requests are refused (Kafka's socket.request.max.bytes). */
const MAX_FRAME = 100 << 20;
const NODE_ID = 1;

/** Starts a broker. Rejects with DirectoryLocked, StorageError or the error of listening (EADDRINUSE…). */
export const startBroker = async (options: BrokerOptions): Promise<RunningBroker> => {
  const { host = '127.0.0.1', port = 0, data, log = silent } = options;
  mkdirSync(join(data, 'topics'), { recursive: true });
  accessSync(join(data, 'topics'), constants.W_OK);
  const unlock = lockDirectory(data);
  const disk: Disk = { files: new FilePool(), flusher: new Flusher(log), log };
  const steps: Step[] = [() => release(disk, unlock)];
  const close = closer(steps);
  const address = { host: isWildcard(host) ? '127.0.0.1' : host, port };
  try {
    const broker = openBroker(options, disk, address);
    steps.unshift(() => broker.groups.close());
    const server = await listen({ host, port }, dispatcher(broker), { maxFrame: MAX_FRAME, log });
    Object.assign(address, { port: server.port, ...options.advertised });
    steps.unshift(keepHouse(broker), server.close);
    return { port: server.port, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Nobody can connect to an address that means "all of them". */
const isWildcard = (host: string): boolean => host === '0.0.0.0' || host === '::';

const openBroker = (options: BrokerOptions, disk: Disk, address: Address): Broker => {
  const { data, defaultPartitions = 1 } = options;
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

/** Frees old records now and then; a disk that refuses is tried again the next time. */
const keepHouse = ({ topics, log, now }: Broker): Step => {
  const tidy = (): void => {
    for (const { name, partitions } of topics.all())
      try {
        for (const partition of partitions) partition.retain(now());
      } catch (error) {
        log('error', 'retention failed', { topic: name, err: String(error) });
      }
  };
  const timer = setInterval(tidy, RETENTION_INTERVAL_MS).unref();
  return () => clearInterval(timer);
};

type Step = () => void | Promise<void>;

/** Runs the steps in order, once however often it is called. */
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
