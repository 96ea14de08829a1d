import type { describeQuorum } from './55-describe-quorum.js';
import type { Broker } from '../broker.js';
import { directoryIdOf } from '../cluster/directory-id.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

const METADATA = '__cluster_metadata';
const LEADER_EPOCH = 1;

/** This broker is the only voter, and always up to date with itself. */
export const answerDescribeQuorum: Handler<typeof describeQuorum> = ({ topics }, { broker }) => {
  const isQuorum = (topic: string, partition: number): boolean => topic === METADATA && partition === 0;
  const found = topics.some(({ topicName, partitions }) =>
    partitions.some(({ partitionIndex }) => isQuorum(topicName, partitionIndex)),
  );
  return {
    topics: topics.map(({ topicName, partitions }) => ({
      topicName,
      partitions: partitions.map(({ partitionIndex }) => ({
        partitionIndex,
        ...(isQuorum(topicName, partitionIndex) ? quorumOf(broker) : notHosted),
      })),
    })),
    nodes: found ? [{ nodeId: broker.nodeId, listeners: [{ name: 'CONTROLLER', ...broker.address }] }] : [],
  };
};

const notHosted = {
  errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
  errorMessage: 'This server does not host this topic-partition.',
};

const quorumOf = ({ nodeId, clusterId, features, now }: Broker) => ({
  leaderId: nodeId,
  leaderEpoch: LEADER_EPOCH,
  highWatermark: features.epoch,
  currentVoters: [
    {
      replicaId: nodeId,
      // At level 0 of kraft.version, voters have no directory ids.
      ...(features.kraftVersion > 0 && { replicaDirectoryId: directoryIdOf(clusterId) }),
      logEndOffset: features.epoch,
      lastFetchTimestamp: now(),
      lastCaughtUpTimestamp: now(),
    },
  ],
});
