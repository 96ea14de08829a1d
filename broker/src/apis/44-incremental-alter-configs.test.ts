import { describe, expect, it } from '@jest/globals';
import { LogThreshold } from '../log-line.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { describeConfigs } from './32-describe-configs.js';
import { incrementalAlterConfigs } from './44-incremental-alter-configs.js';
import { createTopic } from './records.fixture.js';
import { settingsOfA } from './settings.fixture.js';

const { start, connect } = brokers();

const [SET, DELETE, APPEND, SUBTRACT] = [0, 1, 2, 3];

/** A client that is disconnected, with a warning in the log. */
const refusedClient = async (port: number): Promise<void> => {
  const client = await connect({ port });
  client.socket.write(Buffer.from('7fffffff', 'hex'));
  await client.closed;
};

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

  it('changes the log level of the broker while it runs', async () => {
    const lines: string[] = [];
    const threshold = new LogThreshold('error');
    const broker = await start({ log: (level) => lines.push(level), logThreshold: threshold });
    const client = await connect(broker);
    const logger = { resourceType: 8, resourceName: '1' };
    const level = async () => {
      const resources = [{ ...logger, configurationKeys: ['root', 'other'] }];
      const { results } = await client.call(describeConfigs, 4, { resources });
      return results[0]!.configs.map(({ name, value }) => [name, value]);
    };
    const change = async (value: string, validateOnly = false) => {
      const configs = [{ name: 'root', configOperation: SET, value }];
      const request = { resources: [{ ...logger, configs }], validateOnly };
      return (await client.call(incrementalAlterConfigs, 1, request)).responses[0]!.errorCode;
    };
    expect(await level()).toEqual([['root', 'ERROR']]);
    await refusedClient(broker.port);
    expect(await change('WARN', true)).toBe(ErrorCode.NONE);
    expect(await level()).toEqual([['root', 'ERROR']]);
    expect(await change('WARN')).toBe(ErrorCode.NONE);
    expect(await level()).toEqual([['root', 'WARN']]);
    expect(lines).toEqual([]);
    await refusedClient(broker.port);
    expect(lines).toEqual(['warn']);
  });

  it.each([
    [{ name: 'root', configOperation: SET, value: 'debug' }, 40, 'Cannot set the log level of root to debug'],
    [{ name: 'a.Class', configOperation: SET, value: 'INFO' }, 40, 'Logger a.Class does not exist!'],
    [{ name: 'root', configOperation: DELETE, value: null }, 42, 'Removing the log level of the root logger'],
    [{ name: 'root', configOperation: APPEND, value: 'INFO' }, 42, 'APPEND operation is not allowed'],
    [{ name: 'root', configOperation: SET, value: null }, 42, 'Null value not supported for : root'],
  ])('refuses the change %j of a logger', async (config, code, message) => {
    const client = await connect(await start());
    const resources = [{ resourceType: 8, resourceName: '1', configs: [config] }];
    expect((await client.call(incrementalAlterConfigs, 1, { resources })).responses[0]).toMatchObject({
      errorCode: code,
      errorMessage: expect.stringContaining(message),
    });
  });

  it('refuses the loggers of another broker', async () => {
    const client = await connect(await start());
    const resources = [{ resourceType: 8, resourceName: '7', configs: [] }];
    expect((await client.call(incrementalAlterConfigs, 1, { resources })).responses[0]).toMatchObject({
      errorCode: ErrorCode.INVALID_REQUEST,
      errorMessage: 'Unexpected node id. Expected 1, but received 7',
    });
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
