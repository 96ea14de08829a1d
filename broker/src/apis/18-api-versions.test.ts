import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { apiVersions } from './18-api-versions.js';
import { registry } from './registry.js';

const { start, connect } = brokers();

describe('ApiVersions', () => {
  it('lists the registry in every version, with Produce from 0 on', async () => {
    const client = await connect(await start());
    const served = registry.map(({ api: { key, versions } }) => [
      key,
      key === 0 ? 0 : versions[0],
      versions[1],
    ]);
    for (let version = 0; version <= 4; version++) {
      const { apiKeys } = await client.call(apiVersions, version, {});
      expect(apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, minVersion, maxVersion])).toEqual(
        served,
      );
    }
  });

  it('answers a newer version with the supported ones, in version 0', async () => {
    const client = await connect(await start());
    client.socket.write(Buffer.from([0, 0, 0, 11, 0, 18, 0, 99, 0, 0, 0, 5, 0xff, 0xff, 0]));
    const frame = await client.frame();
    expect([frame.readInt32BE(0), frame.readInt16BE(4)]).toEqual([5, ErrorCode.UNSUPPORTED_VERSION]);
    expect(frame.readInt32BE(6)).toBe(registry.length);
  });
});
