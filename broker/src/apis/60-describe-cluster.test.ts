import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeCluster } from './60-describe-cluster.js';

const { start, connect } = brokers();

describe('DescribeCluster', () => {
  it('has one broker, which is the controller', async () => {
    const { port } = await start();
    const client = await connect({ port });
    expect(await client.call(describeCluster, 2, {})).toMatchObject({
      errorCode: ErrorCode.NONE,
      controllerId: 1,
      clusterId: expect.stringMatching(/./),
      brokers: [{ brokerId: 1, host: '127.0.0.1', port, isFenced: false }],
    });
  });

  it('has no controller endpoints', async () => {
    const client = await connect(await start());
    const answer = await client.call(describeCluster, 1, { endpointType: 2 });
    expect(answer).toMatchObject({ errorCode: ErrorCode.INVALID_REQUEST, brokers: [] });
  });
});
