import { describe, expect, it } from '@jest/globals';
import { metadata } from '../apis/03-metadata.js';
import { apiVersions } from '../apis/18-api-versions.js';
import { incrementalAlterConfigs } from '../apis/44-incremental-alter-configs.js';
import { ResourceType } from '../settings/config-source.js';
import { brokers } from '../test-broker.fixture.js';
import type { WireClient } from './wire-client.fixture.js';

const { start, connect } = brokers();

/** Sends a request; resolves when it is answered. */
const answered = (client: WireClient) => client.call(apiVersions, 0, {});

/** Whether a request is answered before another one that is sent later on a connection that is admitted. */
const isAdmitted = async (request: Promise<unknown>, other: WireClient): Promise<boolean> => {
  let isFirst = false;
  void request.then(() => (isFirst = true));
  for (let i = 0; i < 3; i++) await other.call(metadata, 1, { topics: null });
  return isFirst;
};

const alter = async (client: WireClient, config: Record<string, string>): Promise<string | null> => {
  const configs = Object.entries(config).map(([name, value]) => ({ name, configOperation: 0, value }));
  const resources = [{ resourceType: ResourceType.broker, resourceName: '', configs }];
  return (await client.call(incrementalAlterConfigs, 1, { resources })).responses[0]!.errorMessage;
};

describe('max.connections', () => {
  it('has new connections wait, in order, until others are closed', async () => {
    const broker = await start({ settings: { 'max.connections': '2' } });
    const [first, second] = [await connect(broker), await connect(broker)];
    await Promise.all([answered(first), answered(second)]);
    const [third, fourth] = [await connect(broker), await connect(broker)];
    const [thirdAnswer, fourthAnswer] = [answered(third), answered(fourth)];
    expect(await isAdmitted(thirdAnswer, first)).toBe(false);
    second.socket.destroy();
    await thirdAnswer;
    expect(await isAdmitted(fourthAnswer, first)).toBe(false);
    expect(await alter(first, { 'max.connections': '3' })).toBeNull();
    await fourthAnswer;
  });

  it('closes the connections that are used least when it becomes smaller', async () => {
    const broker = await start();
    const clients = [await connect(broker), await connect(broker), await connect(broker)];
    for (const client of clients) await answered(client);
    await answered(clients[0]!);
    await alter(clients[2]!, { 'max.connections': '2' });
    await clients[1]!.closed;
    await answered(clients[0]!);
  });

  it('does not hold for the listener between brokers, for which others are closed', async () => {
    const broker = await start({
      settings: { 'max.connections': '1' },
      listeners: [{ protocol: 'ssl' }, { protocol: 'plaintext' }],
    });
    const other = await connect(broker.listeners[2]!);
    await answered(other);
    await answered(await connect(broker));
    await other.closed;
    await answered(await connect(broker));
  });
});

describe('max.connections.per.ip', () => {
  it('closes further connections of an address', async () => {
    const broker = await start({ settings: { 'max.connections.per.ip': '1' } });
    const first = await connect(broker);
    await answered(first);
    await (
      await connect(broker)
    ).closed;
    await answered(first);
    await alter(first, { 'max.connections.per.ip.overrides': 'localhost:2,10.0.0.1:0' });
    await answered(await connect(broker));
  });

  it.each([
    [
      { 'max.connections.per.ip': '0' },
      'requirement failed: max.connections.per.ip can be set to zero only if max.connections.per.ip.overrides property is set.',
    ],
    [{ 'max.connections.per.ip.overrides': '127.0.0.1' }, 'an entry is not of the form host:count'],
    [{ 'max.connections.per.ip.overrides': 'localhost:some' }, 'an entry is not of the form host:count'],
  ])('is refused as %j', async (settings, message) => {
    await expect(start({ settings: settings as Record<string, string> })).rejects.toThrow(message);
    expect(await alter(await connect(await start()), settings as Record<string, string>)).toContain(message);
  });
});

describe('max.connection.creation.rate', () => {
  it('delays connections that come too fast', async () => {
    const settings = { 'max.connection.creation.rate': '10', 'quota.window.num': '2' };
    const broker = await start({ settings });
    const before = performance.now();
    for (let i = 0; i < 12; i++) await answered(await connect(broker));
    expect(performance.now() - before).toBeGreaterThanOrEqual(190);
  });
});
