import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { incrementalAlterConfigs } from './44-incremental-alter-configs.js';
import { listConfigResources } from './74-list-config-resources.js';
import { createTopic } from './records.fixture.js';

const { start, connect } = brokers();

const subscription = { name: 'interval.ms', configOperation: 0, value: '1000' };

describe('ListConfigResources', () => {
  it.each([
    [1, [], ['2 a', '4 1', '8 1', '16 m']],
    [1, [2], ['2 a']],
    [0, [], ['16 m']],
  ])('lists, in version %i, for the types %j: %j', async (version, resourceTypes, expected) => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const resources = [{ resourceType: 16, resourceName: 'm', configs: [subscription] }];
    await client.call(incrementalAlterConfigs, 1, { resources });
    const { configResources } = await client.call(listConfigResources, version, { resourceTypes });
    expect(
      configResources.map(({ resourceName, resourceType }) => `${resourceType} ${resourceName}`),
    ).toEqual(expected);
  });

  it('refuses an unknown type', async () => {
    const client = await connect(await start());
    const { errorCode } = await client.call(listConfigResources, 1, { resourceTypes: [2, 64] });
    expect(errorCode).toBe(ErrorCode.UNSUPPORTED_VERSION);
  });
});
