import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { apiVersions } from './18-api-versions.js';
import { registry } from './registry.js';

const { start, connect } = brokers();
const software = { clientSoftwareName: 'test', clientSoftwareVersion: '1.0' };

describe('ApiVersions', () => {
  it('lists the registry in every version, with Produce from 0 on', async () => {
    const client = await connect(await start());
    const served = registry
      .filter(({ api }) => ![71, 72].includes(api.key))
      .map(({ api: { key, versions } }) => [key, key === 0 ? 0 : versions[0], versions[1]]);
    for (let version = 0; version <= 4; version++) {
      const { apiKeys } = await client.call(apiVersions, version, software);
      expect(apiKeys.map(({ apiKey, minVersion, maxVersion }) => [apiKey, minVersion, maxVersion])).toEqual(
        served,
      );
    }
  });

  it('answers a newer version with its own supported ones, in version 0', async () => {
    const client = await connect(await start());
    client.socket.write(Buffer.from([0, 0, 0, 11, 0, 18, 0, 99, 0, 0, 0, 5, 0xff, 0xff, 0]));
    const frame = await client.frame();
    expect([frame.readInt32BE(0), frame.readInt16BE(4)]).toEqual([5, ErrorCode.UNSUPPORTED_VERSION]);
    expect([frame.readInt32BE(6), frame.readInt16BE(10), frame.readInt16BE(14)]).toEqual([1, 18, 4]);
  });

  it.each([
    ['kafkajs', '2.2.4', ErrorCode.NONE],
    ['-', '1', ErrorCode.INVALID_REQUEST],
    ['a b', '1', ErrorCode.INVALID_REQUEST],
    ['a', '', ErrorCode.INVALID_REQUEST],
  ])('answers a client that calls itself %j %j with %i', async (name, version, code) => {
    const client = await connect(await start());
    const answer = await client.call(apiVersions, 3, {
      clientSoftwareName: name,
      clientSoftwareVersion: version,
    });
    expect(answer).toMatchObject(code === 0 ? { errorCode: code } : { errorCode: code, apiKeys: [] });
  });

  it('lists the features of Kafka 4.3 and their levels; before version 4 without those that start at 0', async () => {
    const client = await connect(await start());
    const answer = await client.call(apiVersions, 4, software);
    expect(answer.supportedFeatures).toContainEqual({ name: 'share.version', minVersion: 0, maxVersion: 1 });
    const names = answer.finalizedFeatures.map(({ name }) => name);
    expect(names).toEqual(expect.arrayContaining(['metadata.version', 'streams.version']));
    expect(names).not.toContain('kraft.version');
    const old = await client.call(apiVersions, 3, software);
    expect(old.supportedFeatures).toEqual([{ name: 'metadata.version', minVersion: 7, maxVersion: 30 }]);
    expect(old.finalizedFeatures).toEqual(answer.finalizedFeatures);
  });
});
