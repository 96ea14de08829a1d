import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeConfigs } from './32-describe-configs.js';
import { createTopic } from './records.fixture.js';
import { settingsOfA } from './settings.fixture.js';

const { start, connect } = brokers();

describe('DescribeConfigs', () => {
  it('distinguishes configured values from defaults', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a', { 'retention.ms': '1000' });
    expect(await settingsOfA(client)).toEqual({ 'retention.ms': '1000' });
    const configurationKeys = ['retention.ms', 'segment.bytes', 'unknown.setting'];
    const resources = [{ resourceType: 2, resourceName: 'a', configurationKeys }];
    const [{ configs }] = (await client.call(describeConfigs, 4, { resources, includeSynonyms: true }))
      .results as [never];
    expect(configs).toMatchObject([
      { name: 'retention.ms', value: '1000', configSource: 1, synonyms: [{ source: 1 }] },
      { name: 'segment.bytes', configSource: 5, synonyms: [{ name: 'log.segment.bytes', source: 5 }] },
    ]);
  });

  it('documents every setting of a topic on request', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const resources = [{ resourceType: 2, resourceName: 'a', configurationKeys: null }];
    const { results } = await client.call(describeConfigs, 4, { resources, includeDocumentation: true });
    expect(results[0]!.configs).toHaveLength(33);
    expect(results[0]!.configs.filter(({ documentation }) => !documentation)).toEqual([]);
  });

  it('shows the settings of this broker as read-only', async () => {
    const client = await connect(await start({ defaultPartitions: 4 }));
    const resources = [{ resourceType: 4, resourceName: '1', configurationKeys: ['num.partitions'] }];
    const { results } = await client.call(describeConfigs, 4, { resources });
    expect(results[0]!.configs).toMatchObject([{ value: '4', readOnly: true, configSource: 4 }]);
  });

  it.each([
    ['an unknown topic', { resourceType: 2, resourceName: 'x' }, ErrorCode.UNKNOWN_TOPIC_OR_PARTITION],
    ['another broker', { resourceType: 4, resourceName: '2' }, ErrorCode.INVALID_REQUEST],
    ['another resource type', { resourceType: 64, resourceName: '1' }, ErrorCode.INVALID_REQUEST],
  ])('has no settings of %s', async (_, resource, code) => {
    const client = await connect(await start());
    const resources = [{ ...resource, configurationKeys: null }];
    expect((await client.call(describeConfigs, 4, { resources })).results[0]!.errorCode).toBe(code);
  });
});
