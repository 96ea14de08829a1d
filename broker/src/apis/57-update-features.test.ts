import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { apiVersions } from './18-api-versions.js';
import { updateFeatures } from './57-update-features.js';

const { start, connect, directory } = brokers();

const [UPGRADE, SAFE_DOWNGRADE, UNSAFE_DOWNGRADE] = [1, 2, 3];

const levelsOf = async (client: WireClient) => {
  const software = { clientSoftwareName: 'test', clientSoftwareVersion: '1' };
  const { finalizedFeatures, finalizedFeaturesEpoch } = await client.call(apiVersions, 4, software);
  const levels = Object.fromEntries(
    finalizedFeatures.map(({ name, maxVersionLevel }) => [name, maxVersionLevel]),
  );
  return { levels, epoch: finalizedFeaturesEpoch };
};

const update = (feature: string, maxVersionLevel: number, upgradeType = UPGRADE) => ({
  featureUpdates: [{ feature, maxVersionLevel, upgradeType }],
});

describe('UpdateFeatures', () => {
  it('lowers and raises a level, which survives a restart and raises the epoch', async () => {
    const data = directory();
    const broker = await start({ data });
    const client = await connect(broker);
    const before = await levelsOf(client);
    expect(before.levels['share.version']).toBe(1);
    expect(await client.call(updateFeatures, 1, update('share.version', 0, SAFE_DOWNGRADE))).toMatchObject({
      errorCode: ErrorCode.NONE,
      results: [{ feature: 'share.version', errorCode: ErrorCode.NONE }],
    });
    await broker.close();
    const restarted = await connect(await start({ data }));
    const { levels, epoch } = await levelsOf(restarted);
    expect(levels).not.toHaveProperty(['share.version']);
    expect(epoch).toBe(before.epoch + 1);
    await restarted.call(updateFeatures, 2, update('share.version', 1));
    expect((await levelsOf(restarted)).levels).toEqual(before.levels);
  });

  it('changes nothing when it only validates', async () => {
    const client = await connect(await start());
    const before = await levelsOf(client);
    const request = { ...update('share.version', 0, SAFE_DOWNGRADE), validateOnly: true };
    expect((await client.call(updateFeatures, 2, request)).errorCode).toBe(ErrorCode.NONE);
    expect(await levelsOf(client)).toEqual(before);
  });

  it.each([
    [update('nope', 1), 'does not support this feature'],
    [update('share.version', 2), 'Local controller 1 only supports versions 0-1'],
    [update('share.version', 0), "Can't downgrade"],
    [update('share.version', 0, 9), 'does not support the given upgrade type'],
    [update('share.version', -1, SAFE_DOWNGRADE), 'cannot be less than 0'],
    [update('metadata.version', 29, SAFE_DOWNGRADE), 'Refusing to perform the requested downgrade'],
    [update('metadata.version', 29, UNSAFE_DOWNGRADE), 'Unsafe metadata downgrade is not supported'],
  ])('refuses all of %j: %s', async (invalid, message) => {
    const client = await connect(await start());
    const before = await levelsOf(client);
    const valid = update('streams.version', 0, SAFE_DOWNGRADE);
    const featureUpdates = [...valid.featureUpdates, ...invalid.featureUpdates];
    const answer = await client.call(updateFeatures, 2, { featureUpdates });
    expect(answer.errorCode).toBe(ErrorCode.INVALID_UPDATE_VERSION);
    expect(answer.errorMessage).toContain(message);
    expect(await levelsOf(client)).toEqual(before);
  });

  it('never lowers kraft.version', async () => {
    const client = await connect(await start());
    expect((await client.call(updateFeatures, 2, update('kraft.version', 1))).errorCode).toBe(ErrorCode.NONE);
    const lowered = await client.call(updateFeatures, 2, update('kraft.version', 0, UNSAFE_DOWNGRADE));
    expect(lowered.errorCode).toBe(ErrorCode.INVALID_UPDATE_VERSION);
    expect((await levelsOf(client)).levels['kraft.version']).toBe(1);
  });

  it('lowers a level in version 0 only if that is allowed', async () => {
    const client = await connect(await start());
    const lower = (allowDowngrade: boolean) =>
      client.call(updateFeatures, 0, {
        featureUpdates: [{ feature: 'share.version', maxVersionLevel: 0, allowDowngrade }],
      });
    expect((await lower(false)).errorCode).toBe(ErrorCode.INVALID_UPDATE_VERSION);
    expect((await lower(true)).errorCode).toBe(ErrorCode.NONE);
  });
});
