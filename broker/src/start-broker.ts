import { randomBytes } from 'node:crypto';
import { accessSync, chmodSync, constants, mkdirSync, statSync } from 'node:fs';
import { join } from 'node:path';
import type { Address, Broker } from './broker.js';
import { FetchSessionCache } from './fetch-sessions/fetch-session-cache.js';
import { GroupCoordinator } from './groups/group-coordinator.js';
import { OffsetStore, type CommittedOffset } from './groups/offset-store.js';
import type { StoredGroup } from './groups/stored-group.js';
import { silent, type Log } from './log-line.js';
import { ProducerIds } from './producers/producer-ids.js';
import type { ListenerOptions, SecurityOptions } from './security/listener-options.js';
import type { ScramCredential } from './security/scram-credential.js';
import { ScramCredentials } from './security/scram-credentials.js';
import { openListeners, type OpenListener } from './server/open-listeners.js';
import type { Disk } from './storage/disk.js';
import { lockDirectory } from './storage/directory-lock.js';
import { FilePool } from './storage/file-pool.js';
import { Flusher } from './storage/flusher.js';
import { StateStore } from './storage/state-store.js';
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
  /** Listeners besides the plaintext one on `host` and `port`. */
  readonly listeners?: readonly ListenerOptions[];
  /** The users and certificates of `listeners`. */
  readonly security?: SecurityOptions;
  /** The id of the only broker (default: 1). */
  readonly nodeId?: number;
  /** The number of partitions of a topic that is created without one (default: 1). */
  readonly defaultPartitions?: number;
  readonly log?: Log;
}

export interface RunningBroker {
  readonly port: number;
  /** All listeners; the first is the plaintext one. */
  readonly listeners: readonly OpenListener[];
  /** Closes all connections, flushes everything to the disk and unlocks the directory. */
  close(): Promise<void>;
}

/** How often retention is applied. */
const RETENTION_INTERVAL_MS = 30_000;
const DEFAULT_NODE_ID = 1;

/** Restricts the data directory to its owner. A directory of another user is left unchanged. */
const makePrivate = (data: string): void => {
  mkdirSync(data, { recursive: true, mode: 0o700 });
  const { uid, mode } = statSync(data);
  if (uid === process.getuid?.() && (mode & 0o077) !== 0) chmodSync(data, 0o700);
};

/** Starts a broker. Rejects with DirectoryLocked, StorageError or a listen error (EADDRINUSE…). */
export const startBroker = async (options: BrokerOptions): Promise<RunningBroker> => {
  const { host = '127.0.0.1', port = 0, data, log = silent, advertised, security = {} } = options;
  makePrivate(data);
  mkdirSync(join(data, 'topics'), { recursive: true, mode: 0o700 });
  accessSync(join(data, 'topics'), constants.W_OK);
  const unlock = lockDirectory(data);
  const disk: Disk = { files: new FilePool(), flusher: new Flusher(log), log };
  const steps: Step[] = [() => release(disk, unlock)];
  const close = closer(steps);
  try {
    const broker = openBroker(options, disk);
    steps.unshift(() => broker.groups.close());
    const listeners = [{ protocol: 'plaintext', host, port } as const, ...(options.listeners ?? [])];
    const server = await openListeners(broker, { listeners, security, advertised, data });
    steps.unshift(scheduleRetention(broker), server.close);
    return { port: server.open[0]!.port, listeners: server.open, close };
  } catch (error) {
    await close();
    throw error;
  }
};

/** Time limits are measured on a clock that does not jump when the time of day is set. */
const monotonic = (): number => Math.floor(performance.now());

const openBroker = (options: BrokerOptions, disk: Disk): Broker => {
  const { data, defaultPartitions = 1, nodeId = DEFAULT_NODE_ID } = options;
  const state = new StateStore(join(data, 'state.log'), disk);
  const now = Date.now;
  const cluster = state.table<string>('cluster');
  if (!cluster.get('id')) cluster.set('id', randomBytes(16).toString('base64url'));
  const stored = {
    topics: state.table<TopicRecord>('topics'),
    startOffsets: state.table<number>('start-offsets'),
  };
  return {
    nodeId,
    clusterId: cluster.get('id')!,
    address: { host: '', port: 0 },
    defaultPartitions,
    topics: new TopicCatalogue(join(data, 'topics'), stored, disk),
    groups: new GroupCoordinator(state.table<StoredGroup>('groups'), { now: monotonic, log: disk.log }),
    offsets: new OffsetStore(state.table<CommittedOffset>('offsets')),
    producerIds: new ProducerIds(state.table<number>('producer-ids')),
    fetchSessions: new FetchSessionCache(monotonic),
    scram: new ScramCredentials(state.table<ScramCredential>('scram-credentials')),
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
