import { describe, expect, it } from '@jest/globals';
import { fetch } from '../apis/01-fetch.js';
import { metadata } from '../apis/03-metadata.js';
import { send } from '../apis/records.fixture.js';
import { kafkaAt } from '../kafkajs/kafka.fixture.js';
import { WireClient } from '../server/wire-client.fixture.js';
import { ErrorCode } from '../wire/error-code.js';
import type { ErrorName } from './faults.js';
import type { ApiName } from './api-name.js';
import { kafkaStarter } from './local-kafka.fixture.js';

const start = kafkaStarter();

describe.each([
  ['in this process', false],
  ['in a child process', true],
])('faults of a Kafka %s', (_, process) => {
  const startAndConnect = async () => {
    const kafka = await start({ process });
    await kafka.createTopic('a');
    const client = await WireClient.to(kafka.port);
    // Its answer shows that the broker has accepted the connection.
    await client.call(metadata, 4, { topics: [] });
    return { kafka, client };
  };

  it('are errors, as often as requested, of requests that have no effect', async () => {
    const { kafka, client } = await startAndConnect();
    await kafka.faults.error('Produce', 'NOT_LEADER_OR_FOLLOWER', { times: 2 });
    const codes: number[] = [];
    for (let n = 0; n < 3; n++) codes.push((await send(client, 'a', { values: [`${n}`] })).errorCode);
    expect(codes).toEqual([ErrorCode.NOT_LEADER_OR_FOLLOWER, ErrorCode.NOT_LEADER_OR_FOLLOWER, 0]);
    expect(await kafka.messages('a')).toMatchObject([{ value: '2' }]);
    client.close();
  });

  it('are retried by a client, which looks for the leader', async () => {
    const { kafka, client } = await startAndConnect();
    await kafka.faults.error('Produce', 'NOT_LEADER_OR_FOLLOWER', { times: 2 });
    await kafka.faults.error('Metadata', 'LEADER_NOT_AVAILABLE', { times: 1 });
    const producer = kafkaAt(kafka.port).producer();
    await producer.connect();
    await producer.send({ topic: 'a', messages: [{ value: 'x' }] });
    await producer.disconnect();
    expect(await kafka.messages('a')).toMatchObject([{ value: 'x' }]);
    client.close();
  });

  it('are errors until they are cleared', async () => {
    const { kafka, client } = await startAndConnect();
    await kafka.faults.error('Produce', 'TOPIC_AUTHORIZATION_FAILED');
    for (let n = 0; n < 5; n++)
      expect((await send(client, 'a', { values: ['x'] })).errorCode).toBe(
        ErrorCode.TOPIC_AUTHORIZATION_FAILED,
      );
    await kafka.faults.clear();
    expect((await send(client, 'a', { values: ['x'] })).errorCode).toBe(0);
    client.close();
  });

  it('are delays of one API', async () => {
    const { kafka, client } = await startAndConnect();
    await kafka.faults.delay({ api: 'Metadata', ms: 1200 });
    const began = performance.now();
    await send(client, 'a', { values: ['x'] });
    const produced = performance.now() - began;
    await client.call(metadata, 4, { topics: [] });
    expect(performance.now() - began - produced).toBeGreaterThanOrEqual(1150);
    expect(produced).toBeLessThan(1150);
    client.close();
  });

  it('are lost connections', async () => {
    const { kafka, client } = await startAndConnect();
    const closed = client.closed.catch(() => {});
    await kafka.faults.dropConnections();
    await closed;
    const again = await WireClient.to(kafka.port);
    expect((await again.call(metadata, 4, { topics: [] })).brokers).toHaveLength(1);
    again.close();
  });

  it('are pauses: requests are answered once the broker is resumed', async () => {
    const { kafka, client } = await startAndConnect();
    await kafka.faults.pause();
    let isAnswered = false;
    const answer = client.call(metadata, 4, { topics: [] }).finally(() => (isAnswered = true));
    const leaving = await WireClient.to(kafka.port);
    void leaving.call(metadata, 4, { topics: [] });
    await kafka.produce('a', 'not affected by faults');
    leaving.close();
    expect(isAnswered).toBe(false);
    await kafka.faults.resume();
    expect((await answer).brokers).toHaveLength(1);
    client.close();
  });

  it('can be in effect while it is stopped', async () => {
    const { kafka, client } = await startAndConnect();
    const closed = client.closed.catch(() => {});
    await kafka.faults.pause();
    void client.call(fetch, 12, {});
    await kafka.stop();
    await closed;
    await expect(WireClient.to(kafka.port)).rejects.toThrow('ECONNREFUSED');
  });

  it.each([
    ['an API of Kafka', ['Produced' as ApiName, 'REQUEST_TIMED_OUT'], 'Kafka has no API "Produced"'],
    ['written with its capitals', ['fetch' as ApiName, 'REQUEST_TIMED_OUT'], 'did you mean Fetch'],
    ['an error of Kafka', ['Produce', 'TIMED_OUT' as ErrorName], 'did you mean REQUEST_TIMED_OUT?'],
    ['an error at all', ['Produce', 'NONE' as ErrorName], 'Kafka has no error "NONE"'],
  ] as const)('must name %s', async (__, [api, error], message) => {
    const kafka = await start({ process });
    const injecting = kafka.faults.error(api, error);
    await expect(injecting).rejects.toMatchObject({
      name: 'InvalidFault',
      message: expect.stringContaining(message),
    });
  });
});
