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

  it('lists what may be done, if that is asked for', async () => {
    const client = await connect(await start());
    const operations = async (includeClusterAuthorizedOperations: boolean) =>
      (await client.call(describeCluster, 2, { includeClusterAuthorizedOperations }))
        .clusterAuthorizedOperations;
    expect(await operations(true)).toBe(8096);
    expect(await operations(false)).toBe(-(2 ** 31));
  });

  it.each([
    [2, ErrorCode.MISMATCHED_ENDPOINT_TYPE],
    [7, ErrorCode.UNSUPPORTED_ENDPOINT_TYPE],
  ])('has no endpoints of type %i', async (endpointType, errorCode) => {
    const client = await connect(await start());
    const answer = await client.call(describeCluster, 1, { endpointType });
    expect(answer).toMatchObject({ errorCode, brokers: [] });
  });
});
