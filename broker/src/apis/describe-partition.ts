import type { Broker } from '../broker.js';
import { LEADER_EPOCH } from '../topics/partition.js';

/** The only broker is the leader and only replica of every partition. */
export const describePartition = (partitionIndex: number, { nodeId }: Broker) => ({
  partitionIndex,
  leaderId: nodeId,
  leaderEpoch: LEADER_EPOCH,
  replicaNodes: [nodeId],
  isrNodes: [nodeId],
});
