import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { findCoordinator } from './10-find-coordinator.js';

const { start, connect } = brokers();

describe('FindCoordinator', () => {
  it.each([0, 1, 3])('returns this broker for one key in version %i', async (version) => {
    const { port } = await start();
    const client = await connect({ port });
    const answer = await client.call(findCoordinator, version, { key: 'g' });
    const errorMessage = version === 0 ? '' : 'NONE';
    expect(answer).toMatchObject({ nodeId: 1, host: '127.0.0.1', port, errorCode: 0, errorMessage });
  });

  it('returns this broker for each of several keys of any type', async () => {
    const { port } = await start({ advertised: { host: 'kafka', port: 7 } });
    const client = await connect({ port });
    const answer = await client.call(findCoordinator, 6, { keyType: 1, coordinatorKeys: ['a', 'b'] });
    const here = { nodeId: 1, host: 'kafka', port: 7, errorCode: 0, errorMessage: '' };
    expect(answer.coordinators).toEqual([
      { key: 'a', ...here },
      { key: 'b', ...here },
    ]);
  });

  const shareKey = 'a:g:AAAAAAAAAAAAAAAAAAAAAA:2';

  it.each([
    [6, 2, shareKey, ErrorCode.NONE, ''],
    [5, 2, shareKey, ErrorCode.INVALID_REQUEST, ''],
    [6, 2, 'g', ErrorCode.INVALID_REQUEST, ''],
    [6, 2, ' :AAAAAAAAAAAAAAAAAAAAAA:2', ErrorCode.INVALID_REQUEST, ''],
    [6, 2, 'g:AAAAAAAAAAAAAAAAAAAAAA:y', ErrorCode.INVALID_REQUEST, ''],
    [6, 3, 'g', ErrorCode.INVALID_REQUEST, expect.stringContaining('malformed by the client library')],
    [4, -1, 'g', ErrorCode.INVALID_REQUEST, expect.stringContaining('malformed by the client library')],
  ])(
    'answers version %i with type %i and key %j as Kafka',
    async (...[version, keyType, key, code, text]) => {
      const client = await connect(await start());
      const answer = await client.call(findCoordinator, version, { keyType, coordinatorKeys: [key] });
      expect(answer.coordinators).toEqual([
        expect.objectContaining({ key, nodeId: code ? -1 : 1, errorCode: code, errorMessage: text }),
      ]);
    },
  );

  it('refuses an unknown type of a single key', async () => {
    const client = await connect(await start());
    expect(await client.call(findCoordinator, 2, { keyType: 2, key: shareKey })).toMatchObject({
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage: expect.stringContaining('malformed by the client library'),
      ...{ nodeId: -1, host: '', port: -1 },
    });
  });
});
