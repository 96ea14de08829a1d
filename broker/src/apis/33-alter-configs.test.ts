import { describe, expect, it } from '@jest/globals';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { alterConfigs } from './33-alter-configs.js';
import { createTopic } from './records.fixture.js';
import { effectiveSettingsOfA, settingsOfA } from './settings.fixture.js';

const { start, connect } = brokers();

describe('AlterConfigs', () => {
  it('replaces all settings, or only validates', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a', { 'retention.ms': '1000', 'cleanup.policy': 'compact' });
    const alter = async (configs: { name: string; value: string | null }[], validateOnly = false) => {
      const resources = [{ resourceType: 2, resourceName: 'a', configs }];
      return (await client.call(alterConfigs, 2, { resources, validateOnly })).responses[0]!.errorCode;
    };
    const configs = [{ name: 'segment.bytes', value: '2000000' }];
    expect(await alter(configs, true)).toBe(ErrorCode.NONE);
    expect(await settingsOfA(client)).toEqual({ 'retention.ms': '1000', 'cleanup.policy': 'compact' });
    expect(await alter(configs)).toBe(ErrorCode.NONE);
    expect(await alter([{ name: 'segment.bytes', value: 'many' }])).toBe(ErrorCode.INVALID_CONFIG);
    expect(await settingsOfA(client)).toEqual({ 'segment.bytes': '2000000' });
  });

  it('changes the defaults of topics', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    const configs = [
      { name: 'log.retention.ms', value: '5' },
      { name: 'min.insync.replicas', value: '1' },
    ];
    const resources = [{ resourceType: 4, resourceName: '', configs }];
    const { responses } = await client.call(alterConfigs, 2, { resources });
    expect(responses[0]!.errorCode).toBe(ErrorCode.NONE);
    expect(await effectiveSettingsOfA(client)).toMatchObject({ 'retention.ms': '5' });
  });

  it('refuses loggers', async () => {
    const client = await connect(await start());
    const resources = [{ resourceType: 8, resourceName: '1', configs: [] }];
    const { responses } = await client.call(alterConfigs, 2, { resources });
    expect(responses[0]!.errorCode).toBe(ErrorCode.INVALID_REQUEST);
  });
});
