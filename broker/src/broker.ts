import type { ClientQuotas } from './cluster/client-quotas.js';
import type { ClientTelemetry } from './cluster/client-telemetry.js';
import type { Features } from './cluster/features.js';
import type { ConsumerGroupCoordinator } from './groups/consumer/consumer-group-coordinator.js';
import type { FetchSessionCache } from './fetch-sessions/fetch-session-cache.js';
import type { GroupCoordinator } from './groups/group-coordinator.js';
import type { OffsetStore } from './groups/offset-store.js';
import type { Log, LogThreshold } from './log-line.js';
import type { Space } from './storage/file-system.js';
import type { PendingOffsets } from './groups/pending-offsets.js';
import type { ProducerIds } from './producers/producer-ids.js';
import type { ConfiguredResources } from './settings/configured-resources.js';
import type { GroupValues } from './settings/group-values.js';
import type { ScramCredentials } from './security/scram-credentials.js';
import type { TopicCatalogue } from './topics/topic-catalogue.js';
import type { TransactionCoordinator } from './transactions/transaction-coordinator.js';

export interface Address {
  readonly host: string;
  readonly port: number;
}

/** The state that the APIs work on. */
export interface Broker {
  readonly nodeId: number;
  readonly clusterId: string;
  /** The advertised address of the listener that a request came through. */
  readonly address: Address;
  readonly defaultPartitions: number;
  /** An absolute path. */
  readonly dataDirectory: string;
  /** The space of the data directory's file system. */
  space(): Promise<Space>;
  readonly topics: TopicCatalogue;
  readonly resources: ConfiguredResources;
  readonly groupValues: GroupValues;
  readonly groups: GroupCoordinator;
  readonly consumerGroups: ConsumerGroupCoordinator;
  readonly offsets: OffsetStore;
  readonly producerIds: ProducerIds;
  readonly pendingOffsets: PendingOffsets;
  readonly transactions: TransactionCoordinator;
  readonly features: Features;
  readonly quotas: ClientQuotas;
  readonly telemetry: ClientTelemetry;
  readonly fetchSessions: FetchSessionCache;
  readonly scram: ScramCredentials;
  readonly log: Log;
  readonly logThreshold: LogThreshold;
  now(): number;
}
