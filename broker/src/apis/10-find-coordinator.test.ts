import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { findCoordinator } from './10-find-coordinator.js';

const { start, connect } = brokers();

describe('FindCoordinator', () => {
  it.each([0, 1, 3])('returns this broker for one key in version %i', async (version) => {
    const { port } = await start();
    const client = await connect({ port });
    const answer = await client.call(findCoordinator, version, { key: 'g' });
    expect(answer).toMatchObject({ nodeId: 1, host: '127.0.0.1', port, errorCode: 0 });
  });

  it('returns this broker for each of several keys of any type', async () => {
    const { port } = await start({ advertised: { host: 'kafka', port: 7 } });
    const client = await connect({ port });
    const answer = await client.call(findCoordinator, 6, { keyType: 1, coordinatorKeys: ['a', 'b'] });
    const here = { nodeId: 1, host: 'kafka', port: 7, errorCode: 0, errorMessage: null };
    expect(answer.coordinators).toEqual([
      { key: 'a', ...here },
      { key: 'b', ...here },
    ]);
  });
});
