import { describe, expect, it } from '@jest/globals';
import { incrementalAlterConfigs } from '../apis/44-incremental-alter-configs.js';
import { consumerGroupDescribe } from '../apis/69-consumer-group-describe.js';
import { beat, join } from '../apis/consumer-member.fixture.js';
import { createTopic } from '../apis/records.fixture.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import { brokers } from '../test-broker.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import { ResourceType } from './config-source.js';

const { start, connect, directory } = brokers();

const SESSION = 'consumer.session.timeout.ms';
const HEARTBEAT = 'consumer.heartbeat.interval.ms';

/** Changes the settings of the group `g`. */
const alter = async (client: WireClient, config: Record<string, string>): Promise<number> => {
  const configs = Object.entries(config).map(([name, value]) => ({ name, configOperation: 0, value }));
  const resources = [{ resourceType: ResourceType.group, resourceName: 'g', configs }];
  const { responses } = await client.call(incrementalAlterConfigs, 1, { resources });
  return responses[0]!.errorCode;
};

const stateOf = async (client: WireClient, groupId: string): Promise<string> =>
  (await client.call(consumerGroupDescribe, 1, { groupIds: [groupId] })).groups[0]!.groupState;

describe('the settings of a group', () => {
  it('set how often its members send heartbeats, and when one of them is lost', async () => {
    const settings = {
      'group.consumer.min.session.timeout.ms': '100',
      'group.consumer.min.heartbeat.interval.ms': '10',
    };
    const client = await connect(await start({ settings }));
    await createTopic(client, 'a');
    expect(await alter(client, { [SESSION]: '200', [HEARTBEAT]: '20' })).toBe(ErrorCode.NONE);
    expect(await join(client)).toMatchObject({ heartbeatIntervalMs: 20 });
    expect(await join(client, { groupId: 'other' })).toMatchObject({ heartbeatIntervalMs: 5000 });
    while ((await stateOf(client, 'g')) !== 'Empty') expect(await stateOf(client, 'other')).toBe('Stable');
    expect((await beat(client, 2)).errorCode).toBe(ErrorCode.UNKNOWN_MEMBER_ID);
  });

  it('are those of the broker where a group has none', async () => {
    const settings = { 'group.consumer.heartbeat.interval.ms': '7000' };
    const client = await connect(await start({ settings }));
    expect(await join(client)).toMatchObject({ heartbeatIntervalMs: 7000 });
  });

  it('set how soon it is assigned again, which is at once by default', async () => {
    const client = await connect(await start());
    await createTopic(client, 'a');
    await alter(client, { 'consumer.assignment.interval.ms': '15000' });
    for (const groupId of ['g', 'other']) {
      await join(client, { groupId });
      await join(client, { groupId, memberId: 'another' });
    }
    expect(await stateOf(client, 'g')).toBe('Assigning');
    expect(await stateOf(client, 'other')).toBe('Reconciling');
  });

  it('stay within the limits of the broker when these have changed', async () => {
    const data = directory();
    const before = await start({ data });
    expect(await alter(await connect(before), { [HEARTBEAT]: '12000' })).toBe(ErrorCode.NONE);
    await before.close();
    const settings = { 'group.consumer.max.heartbeat.interval.ms': '9000' };
    const client = await connect(await start({ data, settings }));
    expect(await join(client)).toMatchObject({ heartbeatIntervalMs: 9000 });
  });

  it('allow a group no more members than the broker', async () => {
    const client = await connect(await start({ settings: { 'group.consumer.max.size': '1' } }));
    await join(client);
    expect(await join(client, { memberId: 'n' })).toMatchObject({
      errorCode: ErrorCode.GROUP_MAX_SIZE_REACHED,
      errorMessage: 'The consumer group has reached its maximum capacity of 1 members.',
    });
  });
});

describe('a broker', () => {
  it('assigns as it is set to, and refuses other assignors', async () => {
    const settings = {
      'group.consumer.assignors': 'org.apache.kafka.coordinator.group.assignor.RangeAssignor',
    };
    const client = await connect(await start({ settings }));
    await join(client);
    const { groups } = await client.call(consumerGroupDescribe, 1, { groupIds: ['g'] });
    expect(groups[0]!.assignorName).toBe('range');
    expect(await join(client, { memberId: 'n', serverAssignor: 'uniform' })).toMatchObject({
      errorCode: ErrorCode.UNSUPPORTED_ASSIGNOR,
      errorMessage: 'ServerAssignor uniform is not supported. Supported assignors: range.',
    });
  });

  it.each([
    [
      { 'group.consumer.session.timeout.ms': '5000' },
      'group.consumer.session.timeout.ms must be greater than or equal to group.consumer.min.session.timeout.ms',
    ],
    [
      { 'group.consumer.heartbeat.interval.ms': '20000' },
      'group.consumer.heartbeat.interval.ms must be less than or equal to group.consumer.max.heartbeat.interval.ms',
    ],
    [{ 'group.consumer.assignors': 'sticky' }, 'Class sticky cannot be found'],
    [{ 'group.consumer.assignors': '' }, "Configuration 'group.consumer.assignors' must not be empty"],
    [
      { 'group.share.max.session.timeout.ms': '1000' },
      'group.share.max.session.timeout.ms must be greater than or equal to group.share.min.session.timeout.ms',
    ],
    [
      {
        'group.streams.min.session.timeout.ms': '1000',
        'group.streams.session.timeout.ms': '5000',
      },
      'group.streams.heartbeat.interval.ms must be less than group.streams.session.timeout.ms',
    ],
  ])('does not start with %j', async (settings, message) => {
    await expect(start({ settings })).rejects.toThrow(message);
  });
});
