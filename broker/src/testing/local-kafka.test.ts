import { describe, expect, it } from '@jest/globals';
import { Kafka, logLevel } from 'kafkajs';
import { kafkaAt, until } from '../kafkajs/kafka.fixture.js';
import { directories } from '../test-directory.fixture.js';
import { kafkaStarter } from './local-kafka.fixture.js';

const start = kafkaStarter();
const directory = directories();

describe.each([
  ['in this process', false],
  ['in a child process', true],
])('a Kafka %s', (_, process) => {
  it('serves clients at its address, and is gone when it is stopped', async () => {
    const kafka = await start({ process });
    expect(kafka.bootstrapServers).toBe(`127.0.0.1:${kafka.port}`);
    const admin = kafkaAt(kafka.port).admin();
    await admin.connect();
    expect(await admin.listTopics()).toEqual([]);
    await admin.disconnect();
    await kafka.stop();
    await kafka.close();
    await expect(kafka.messages('a')).rejects.toThrow('this Kafka was stopped');
    const again = await start({ process, port: kafka.port });
    expect(again.port).toBe(kafka.port);
  });

  it('keeps data in a directory, which only one can use', async () => {
    const data = directory();
    const first = await start({ process, data });
    await first.produce('a', 'kept');
    await expect(start({ process, data })).rejects.toMatchObject({ name: 'DirectoryLocked' });
    await first.stop();
    const second = await start({ process, data });
    expect(await second.messages('a')).toMatchObject([{ value: 'kept' }]);
  });

  it('reads what clients write, and the other way round', async () => {
    const kafka = await start({ process });
    await kafka.createTopic('a', { partitions: 3, config: { 'cleanup.policy': 'compact' } });
    const producer = kafkaAt(kafka.port).producer();
    await producer.connect();
    const timestamp = '1700000000000';
    await producer.send({
      topic: 'a',
      messages: [{ key: 'k', value: 'v', headers: { h: 'x' }, partition: 1, timestamp }],
    });
    await producer.disconnect();
    const [message] = await kafka.messages('a');
    expect(message).toMatchObject({ topic: 'a', partition: 1, offset: 0, timestamp: Number(timestamp) });
    expect(message).toMatchObject({
      key: 'k',
      value: 'v',
      headers: { h: 'x' },
      valueBytes: Buffer.from('v'),
    });
    await kafka.produce('a', [{ key: 'k', value: null }]);
    const consumer = kafkaAt(kafka.port).consumer({ groupId: 'g' });
    const seen: unknown[] = [];
    await consumer.connect();
    await consumer.subscribe({ topic: 'a', fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ message: { key, value } }) => void seen.push([String(key), value]),
    });
    await until(() => seen.length === 2);
    await consumer.disconnect();
    expect(seen).toContainEqual(['k', null]);
  });

  it('has listeners with SASL and TLS', async () => {
    const security = { users: new Map([['app', 'secret']]) };
    const kafka = await start({ process, listeners: [{ protocol: 'sasl_ssl' }], security });
    const [first, secured] = kafka.listeners;
    expect(first).toEqual({ protocol: 'plaintext', host: '127.0.0.1', port: kafka.port });
    const client = (password: string) =>
      new Kafka({
        brokers: [`127.0.0.1:${secured!.port}`],
        logLevel: logLevel.NOTHING,
        retry: { retries: 0 },
        ssl: { ca: kafka.certificate! },
        sasl: { mechanism: 'scram-sha-256', username: 'app', password },
      }).admin();
    const admin = client('secret');
    await admin.connect();
    expect(await admin.listTopics()).toEqual([]);
    await admin.disconnect();
    await expect(client('wrong').connect()).rejects.toThrow('SCRAM-SHA-256');
  });

  it('reads neither aborted messages nor those of open transactions', async () => {
    const kafka = await start({ process });
    await kafka.createTopic('a');
    const producer = kafkaAt(kafka.port).producer({ transactionalId: 't', maxInFlightRequests: 1 });
    await producer.connect();
    const send = async (value: string) => {
      const transaction = await producer.transaction();
      await transaction.send({ topic: 'a', messages: [{ value }] });
      return transaction;
    };
    await (await send('aborted')).abort();
    await (await send('committed')).commit();
    const open = await send('open');
    expect(await kafka.messages('a')).toMatchObject([{ value: 'committed' }]);
    await open.commit();
    expect(await kafka.message('a', { where: ({ value }) => value === 'open' })).toMatchObject({ offset: 4 });
    await producer.disconnect();
  });

  it('waits for a message that is still to come, in a topic that does not exist yet', async () => {
    const kafka = await start({ process });
    const waiting = kafka.message('later', { where: ({ value }) => value === 'second' });
    await kafka.produce('later', ['first', 'second', 'third']);
    expect(await waiting).toMatchObject({ offset: 1, value: 'second' });
  });

  it('says what there was instead of an awaited message', async () => {
    const kafka = await start({ process });
    const none = kafka.message('a', { timeoutMs: 50 });
    await expect(none).rejects.toThrow(
      'no matching message in topic "a" within 50 ms; the topic has no messages',
    );
    await kafka.produce('a', { key: 'k', value: 'other' });
    const other = kafka.message('a', { timeoutMs: 50, where: ({ value }) => value === 'x' });
    await expect(other).rejects.toThrow('the last ones were {"key":"k","value":"other"}');
  });

  it('reads more messages than fit into a response', async () => {
    const kafka = await start({ process });
    await kafka.createTopic('a', { partitions: 2 });
    const large = (n: number) => ({ value: `${n}`.padEnd(900_000), partition: n % 2 });
    for (let n = 0; n < 30; n++) await kafka.produce('a', large(n));
    expect(await kafka.messages('a')).toHaveLength(30);
  });

  it('reports what it cannot do', async () => {
    const kafka = await start({ process });
    await kafka.createTopic('a');
    await expect(kafka.createTopic('a')).rejects.toThrow('topic "a" was not created: TOPIC_ALREADY_EXISTS');
    await expect(kafka.produce('a', { value: 'x', partition: 9 })).rejects.toThrow('no partition 9');
    await expect(kafka.produce('a b', 'x')).rejects.toThrow('INVALID_TOPIC_EXCEPTION');
  });
});

describe('a Kafka in this process', () => {
  it('is stopped at the end of a block with `await using`', async () => {
    const kafka = await start();
    await kafka[Symbol.asyncDispose]();
    await expect(fetch(`http://127.0.0.1:${kafka.port}`)).rejects.toThrow();
  });
});
