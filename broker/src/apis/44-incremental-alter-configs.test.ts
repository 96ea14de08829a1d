import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeConfigs } from './32-describe-configs.js';
import { incrementalAlterConfigs } from './44-incremental-alter-configs.js';
import { createTopic } from './records.fixture.js';
import { settingsOfA } from './settings.fixture.js';

const { start, connect } = brokers();

const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3];

describe('IncrementalAlterConfigs', () => {
  it('changes single settings, and keeps the others', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a', { 'retention.ms': '1000' });
    const change = async (name: string, configOperation: number, value: string | null) => {
      const resources = [{ resourceType: 2, resourceName: 'a', configs: [{ name, configOperation, value }] }];
      return (await client.call(incrementalAlterConfigs, 1, { resources })).responses[0]!.errorCode;
    };
    expect(await change('segment.bytes', SET, '2000000')).toBe(ErrorCode.NONE);
    expect(await change('cleanup.policy', APPEND, 'compact')).toBe(ErrorCode.NONE);
    expect(await settingsOfA(client)).toEqual({
      'retention.ms': '1000',
      'segment.bytes': '2000000',
      'cleanup.policy': 'delete,compact',
    });
    expect(await change('cleanup.policy', SUBTRACT, 'delete')).toBe(ErrorCode.NONE);
    expect(await change('retention.ms', DELETE, null)).toBe(ErrorCode.NONE);
    expect(await change('retention.ms', APPEND, '1')).toBe(ErrorCode.INVALID_CONFIG);
    expect(await change('retention.bytes', SET, 'much')).toBe(ErrorCode.INVALID_CONFIG);
    expect(await change('cleanup.policy', 9, 'delete')).toBe(ErrorCode.UNKNOWN_SERVER_ERROR);
    expect(await settingsOfA(client)).toEqual({ 'segment.bytes': '2000000', 'cleanup.policy': 'compact' });
  });

  it('sets the rate of a reassignment, which a broker shows only then', async () => {
    const client = await connect(await start());
    const name = 'leader.replication.throttled.rate';
    const resource = { resourceType: 4, resourceName: '1' };
    const shown = async () => {
      const resources = [{ ...resource, configurationKeys: [name] }];
      const { results } = await client.call(describeConfigs, 4, { resources });
      return results[0]!.configs.map(({ value, isSensitive }) => [value, isSensitive]);
    };
    expect(await shown()).toEqual([]);
    const configs = [{ name, configOperation: SET, value: '100000' }];
    await client.call(incrementalAlterConfigs, 1, { resources: [{ ...resource, configs }] });
    expect(await shown()).toEqual([['100000', false]]);
  });
});
