import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeQuorum } from './55-describe-quorum.js';
import { updateFeatures } from './57-update-features.js';
import { describeCluster } from './60-describe-cluster.js';
import { removeRaftVoter } from './81-remove-raft-voter.js';

const { start, connect } = brokers();

const DIRECTORY = `${'0'.repeat(31)}1`;
const voter = { clusterId: null, voterId: 2, voterDirectoryId: DIRECTORY };

const changeable = async () => {
  const client = await connect(await start());
  await client.call(updateFeatures, 2, {
    featureUpdates: [{ feature: 'kraft.version', maxVersionLevel: 1 }],
  });
  return client;
};

describe('RemoveRaftVoter', () => {
  it('is refused at level 0 of kraft.version', async () => {
    const client = await connect(await start());
    const { clusterId } = await client.call(describeCluster, 2, {});
    for (const id of [null, clusterId])
      expect(await client.call(removeRaftVoter, 0, { ...voter, clusterId: id })).toMatchObject({
        errorCode: ErrorCode.UNSUPPORTED_VERSION,
        errorMessage: "Cluster doesn't support removing voter because the kraft.version feature is 0",
      });
  });

  it.each([
    [{ clusterId: 'x' }, ErrorCode.INCONSISTENT_CLUSTER_ID, 'The given id "x"'],
    [{ voterId: -1 }, ErrorCode.INVALID_REQUEST, "didn't include a valid voter"],
    [{ voterDirectoryId: '0'.repeat(32) }, ErrorCode.INVALID_REQUEST, "didn't include a valid voter"],
    [{}, ErrorCode.VOTER_NOT_FOUND, 'Cannot remove voter ReplicaKey(id=2, directoryId='],
  ])('is refused for %j', async (change, errorCode, message) => {
    const client = await changeable();
    const answer = await client.call(removeRaftVoter, 0, { ...voter, ...change });
    expect(answer).toMatchObject({ errorCode, errorMessage: expect.stringContaining(message) });
  });

  it('keeps the only voter', async () => {
    const client = await changeable();
    const topics = [{ topicName: '__cluster_metadata', partitions: [{ partitionIndex: 0 }] }];
    const voters = async () =>
      (await client.call(describeQuorum, 2, { topics })).topics[0]!.partitions[0]!.currentVoters;
    const [only] = await voters();
    const request = { clusterId: null, voterId: 1, voterDirectoryId: only!.replicaDirectoryId };
    expect((await client.call(removeRaftVoter, 0, request)).errorCode).toBe(ErrorCode.VOTER_NOT_FOUND);
    expect(await voters()).toMatchObject([{ replicaId: 1, replicaDirectoryId: only!.replicaDirectoryId }]);
    expect(only!.replicaDirectoryId).not.toBe('0'.repeat(32));
  });
});
