import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeCluster } from './60-describe-cluster.js';
import { addRaftVoter } from './80-add-raft-voter.js';

const { start, connect } = brokers();

describe('AddRaftVoter', () => {
  it('is refused, because the voters are fixed', async () => {
    const client = await connect(await start());
    const { clusterId } = await client.call(describeCluster, 2, {});
    for (const id of [null, clusterId])
      expect(await client.call(addRaftVoter, 1, { clusterId: id, voterId: 2 })).toMatchObject({
        errorCode: ErrorCode.UNSUPPORTED_VERSION,
        errorMessage: "Cluster doesn't support adding voter because the kraft.version feature is 0",
      });
  });

  it('is refused for another cluster', async () => {
    const client = await connect(await start());
    expect(await client.call(addRaftVoter, 1, { clusterId: 'x', voterId: 2 })).toMatchObject({
      errorCode: ErrorCode.INCONSISTENT_CLUSTER_ID,
      errorMessage: expect.stringContaining('The given id "x"'),
    });
  });
});
