import type { FetchSessionCache } from './fetch-sessions/fetch-session-cache.js';
import type { GroupCoordinator } from './groups/group-coordinator.js';
import type { OffsetStore } from './groups/offset-store.js';
import type { Log } from './log-line.js';
import type { ProducerIds } from './producers/producer-ids.js';
import type { ScramCredentials } from './security/scram-credentials.js';
import type { TopicCatalogue } from './topics/topic-catalogue.js';

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
  readonly topics: TopicCatalogue;
  readonly groups: GroupCoordinator;
  readonly offsets: OffsetStore;
  readonly producerIds: ProducerIds;
  readonly fetchSessions: FetchSessionCache;
  readonly scram: ScramCredentials;
  readonly log: Log;
  now(): number;
}
