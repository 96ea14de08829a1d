// DescribeQuorum, versions 0–2: the quorum of the metadata log, which has one voter.
// Left out: observers, and offsets of the metadata log: the epoch of the features stands for them.
// From: KIP-595, KIP-836 (times), KIP-853 (listeners).
import { api } from '../wire/api.js';
import { arrayOf, int16, int32, int64, string, uint16, uuid } from '../wire/types.js';

const replicaState = {
  replicaId: int32,
  replicaDirectoryId: uuid.since(2),
  logEndOffset: int64,
  lastFetchTimestamp: int64.since(1).default(-1),
  lastCaughtUpTimestamp: int64.since(1).default(-1),
};

export const describeQuorum = api({
  key: 55,
  name: 'DescribeQuorum',
  versions: [0, 2],
  flexible: 0,
  request: {
    topics: arrayOf({
      topicName: string,
      partitions: arrayOf({
        partitionIndex: int32,
      }),
    }),
  },
  response: {
    errorCode: int16,
    errorMessage: string.since(2).nullable(),
    topics: arrayOf({
      topicName: string,
      partitions: arrayOf({
        partitionIndex: int32,
        errorCode: int16,
        errorMessage: string.since(2).nullable(),
        leaderId: int32,
        leaderEpoch: int32,
        highWatermark: int64,
        currentVoters: arrayOf(replicaState),
        observers: arrayOf(replicaState),
      }),
    }),
    nodes: arrayOf({
      nodeId: int32,
      listeners: arrayOf({
        name: string,
        host: string,
        port: uint16,
      }),
    }).since(2),
  },
});
