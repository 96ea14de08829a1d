import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { updateFeatures } from './57-update-features.js';
import { describeCluster } from './60-describe-cluster.js';
import { addRaftVoter } from './80-add-raft-voter.js';

const { start, connect } = brokers();

const DIRECTORY = `${'0'.repeat(31)}1`;
const voter = {
  clusterId: null,
  voterId: 2,
  voterDirectoryId: DIRECTORY,
  listeners: [{ name: 'CONTROLLER', host: '127.0.0.1', port: 1 }],
};

const changeable = async () => {
  const client = await connect(await start());
  await client.call(updateFeatures, 2, {
    featureUpdates: [{ feature: 'kraft.version', maxVersionLevel: 1 }],
  });
  return client;
};

describe('AddRaftVoter', () => {
  it('is refused at level 0 of kraft.version', async () => {
    const client = await connect(await start());
    const { clusterId } = await client.call(describeCluster, 2, {});
    for (const id of [null, clusterId])
      expect(await client.call(addRaftVoter, 1, { ...voter, clusterId: id })).toMatchObject({
        errorCode: ErrorCode.UNSUPPORTED_VERSION,
        errorMessage: "Cluster doesn't support adding voter because the kraft.version feature is 0",
      });
  });

  it.each([
    [{ clusterId: 'x' }, ErrorCode.INCONSISTENT_CLUSTER_ID, 'The given id "x"'],
    [{ voterId: -1 }, ErrorCode.INVALID_REQUEST, "didn't include a valid voter"],
    [{ voterDirectoryId: '0'.repeat(32) }, ErrorCode.INVALID_REQUEST, "didn't include a valid voter"],
    [{ listeners: [] }, ErrorCode.INVALID_REQUEST, "didn't include the endpoint"],
    [{ voterId: 1 }, ErrorCode.DUPLICATE_VOTER, 'is already part of the set of voters'],
    [{}, ErrorCode.REQUEST_TIMED_OUT, 'BROKER_NOT_AVAILABLE'],
  ])('is refused for %j', async (change, errorCode, message) => {
    const client = await changeable();
    const answer = await client.call(addRaftVoter, 1, { ...voter, ...change });
    expect(answer).toMatchObject({ errorCode, errorMessage: expect.stringContaining(message) });
  });
});
