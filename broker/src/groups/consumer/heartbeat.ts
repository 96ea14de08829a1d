import type { ClassicMetadata } from './consumer-group.js';
import type { PartitionKey } from './partition-key.js';

/** What a ConsumerGroupHeartbeat says. Null means: unchanged since the last heartbeat. */
export interface Heartbeat {
  readonly groupId: string;
  readonly memberId: string;
  readonly memberEpoch: number;
  readonly instanceId: string | null;
  readonly rackId: string | null;
  readonly rebalanceTimeoutMs: number | null;
  readonly topicNames: readonly string[] | null;
  readonly topicRegex: string | null;
  readonly serverAssignor: string | null;
  readonly owned: readonly PartitionKey[] | null;
  /** Set if a JoinGroup of the classic protocol takes the place of a heartbeat. */
  readonly classic: ClassicMetadata | null;
  readonly clientId: string;
  readonly clientHost: string;
}

export interface HeartbeatAnswer {
  readonly memberId: string;
  readonly memberEpoch: number;
  /** Null if the member knows it already. */
  readonly assignment: Iterable<PartitionKey> | null;
}

/** A heartbeat that says everything asks for the whole assignment in return. */
export const isFull = ({ rebalanceTimeoutMs, topicNames, topicRegex, owned }: Heartbeat): boolean =>
  rebalanceTimeoutMs !== null && (topicNames !== null || topicRegex !== null) && owned !== null;
