import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { alterConfigs } from './33-alter-configs.js';
import { createTopic } from './records.fixture.js';
import { settingsOfA } from './settings.fixture.js';

const { start, connect } = brokers();

describe('AlterConfigs', () => {
  it('replaces all settings, or only validates', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a', { 'retention.ms': '1000', 'cleanup.policy': 'compact' });
    const alter = async (configs: { name: string; value: string | null }[], validateOnly = false) => {
      const resources = [{ resourceType: 2, resourceName: 'a', configs }];
      return (await client.call(alterConfigs, 2, { resources, validateOnly })).responses[0]!.errorCode;
    };
    const configs = [
      { name: 'segment.bytes', value: '1000' },
      { name: 'cleanup.policy', value: null },
    ];
    expect(await alter(configs, true)).toBe(ErrorCode.NONE);
    expect(await settingsOfA(client)).toEqual({ 'retention.ms': '1000', 'cleanup.policy': 'compact' });
    expect(await alter(configs)).toBe(ErrorCode.NONE);
    expect(await alter([{ name: 'segment.bytes', value: 'many' }])).toBe(ErrorCode.INVALID_CONFIG);
    expect(await settingsOfA(client)).toEqual({ 'segment.bytes': '1000' });
  });

  it('refuses resources other than topics', async () => {
    const client = await connect(await start());
    const resources = [{ resourceType: 4, resourceName: '1', configs: [] }];
    const { responses } = await client.call(alterConfigs, 2, { resources });
    expect(responses[0]!.errorCode).toBe(ErrorCode.INVALID_REQUEST);
  });
});
