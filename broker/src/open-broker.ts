import { randomBytes } from 'node:crypto';
import { join, resolve } from 'node:path';
import type { BrokerOptions } from './broker-options.js';
import type { Broker } from './broker.js';
import { ClientQuotas, type Quotas } from './cluster/client-quotas.js';
import { ClientTelemetry } from './cluster/client-telemetry.js';
import { Features } from './cluster/features.js';
import { FetchSessionCache } from './fetch-sessions/fetch-session-cache.js';
import type { GroupLimits } from './groups/consumer/consumer-group.js';
import { ConsumerGroupCoordinator } from './groups/consumer/consumer-group-coordinator.js';
import type { StoredConsumerGroup } from './groups/consumer/stored-consumer-group.js';
import { GroupCoordinator } from './groups/group-coordinator.js';
import { OffsetStore, type CommittedOffset } from './groups/offset-store.js';
import type { StoredGroup } from './groups/stored-group.js';
import { listenersOf, listenersText } from './listeners-of.js';
import type { Storage } from './open-storage.js';
import { ProducerIds } from './producers/producer-ids.js';
import type { ScramCredential } from './security/scram-credential.js';
import { ScramCredentials } from './security/scram-credentials.js';
import { ConfiguredResources } from './settings/configured-resources.js';
import { GroupValues } from './settings/group-values.js';
import { settingsAtStart } from './settings/settings-at-start.js';
import { StateStore } from './storage/state-store.js';
import { TopicCatalogue, type TopicRecord } from './topics/topic-catalogue.js';
import { openTransactions } from './transactions/open-transactions.js';

const DEFAULT_NODE_ID = 1;

/** Time limits are measured on a clock that does not jump when the time of day is set. */
const monotonic = (): number => Math.floor(performance.now());

/** Reads the state of a broker from its storage. */
export const openBroker = (options: BrokerOptions, { disk, root }: Storage): Omit<Broker, 'logThreshold'> => {
  const { defaultPartitions = 1, nodeId = DEFAULT_NODE_ID } = options;
  const state = new StateStore(join(root, 'state.log'), disk);
  const clock = { now: Date.now, log: disk.log };
  const resources = openResources(state, options, root);
  const stored = {
    resources,
    topics: state.table<TopicRecord>('topics'),
    startOffsets: state.table<number>('start-offsets'),
  };
  const topics = new TopicCatalogue(join(root, 'topics'), stored, disk);
  const offsets = new OffsetStore(state.table<CommittedOffset>('offsets'));
  const producerIds = new ProducerIds(state.table<number>('producer-ids'));
  return {
    nodeId,
    clusterId: clusterId(state),
    address: { host: '', port: 0 },
    defaultPartitions,
    dataDirectory: resolve(root),
    space: () => disk.fs.space(root),
    topics,
    resources,
    ...openGroups(state, { topics, resources, log: disk.log }),
    offsets,
    producerIds,
    ...openTransactions(state, {
      ...{ topics, offsets, producerIds, ...clock },
      maxTimeoutMs: resources.numberOf('transaction.max.timeout.ms'),
    }),
    quotas: new ClientQuotas(state.table<Quotas>('client-quotas')),
    telemetry: new ClientTelemetry(monotonic),
    features: new Features(state.table<number>('features')),
    fetchSessions: new FetchSessionCache(monotonic),
    scram: new ScramCredentials(state.table<ScramCredential>('scram-credentials')),
    ...clock,
  };
};

const clusterId = (state: StateStore): string => {
  const cluster = state.table<string>('cluster');
  if (!cluster.get('id')) cluster.set('id', randomBytes(16).toString('base64url'));
  return cluster.get('id')!;
};

const openGroups = (
  state: StateStore,
  { topics, resources, log }: Pick<Broker, 'topics' | 'resources' | 'log'>,
): Pick<Broker, 'groups' | 'groupValues' | 'consumerGroups'> => {
  const clock = { now: monotonic, log };
  const groupValues = new GroupValues(resources);
  const groups = new GroupCoordinator(state.table<StoredGroup>('groups'), clock);
  const limitsOf = (groupId: string): GroupLimits => ({
    sessionTimeoutMs: groupValues.number(groupId, 'consumer.session.timeout.ms'),
    maxSize: groupValues.maxConsumers(),
    assignmentIntervalMs: groupValues.assignmentIntervalMs(groupId),
    assignors: groupValues.assignors,
  });
  const table = state.table<StoredConsumerGroup>('consumer-groups');
  const consumerGroups = new ConsumerGroupCoordinator(table, { ...clock, topics, classic: groups, limitsOf });
  return { groups, groupValues, consumerGroups };
};

const openResources = (state: StateStore, options: BrokerOptions, root: string): ConfiguredResources => {
  const { defaultPartitions = 1, autoCreate = true, fsync = false, nodeId = DEFAULT_NODE_ID } = options;
  const listeners = listenersOf(options);
  return new ConfiguredResources(
    state.table<Record<string, string>>('configs'),
    nodeId,
    settingsAtStart(options.settings, {
      nodeId,
      data: root,
      partitions: defaultPartitions,
      autoCreate,
      fsync,
      listeners: listenersText(listeners),
      advertised: listenersText(listeners, options.advertised),
      protocol: listeners[0]?.protocol.toUpperCase() ?? '',
      maxReauthMs: options.security?.maxReauthMs ?? 0,
    }),
  );
};
