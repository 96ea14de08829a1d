import { afterEach, describe, expect, it } from '@jest/globals';
import { CompressionTypes, type Kafka, type Producer } from 'kafkajs';
import { brokers } from '../test-broker.fixture.js';
import { kafkaAt, killableConsumer, read, until, type Reading } from './kafka.fixture.js';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ending.splice(0).map((end) => end()));
});
// Stops after the clients: a client without its broker retries for a long time.
const { start, directory } = brokers();

const producerOf = async (
  kafka: Kafka,
  options: Parameters<Kafka['producer']>[0] = {},
): Promise<Producer> => {
  const producer = kafka.producer(options);
  await producer.connect();
  ending.push(() => producer.disconnect());
  return producer;
};
const reading = async (kafka: Kafka, group: string, topic: string): Promise<Reading> => {
  const started = await read(kafka, group, topic);
  ending.push(() => started.consumer.disconnect());
  return started;
};
const numbered = (count: number, from = 0) =>
  Array.from({ length: count }, (_, i) => ({ value: String(from + i) }));

describe('a kafkajs producer and consumer', () => {
  it('exchange keys, values, headers and times, in every compression Node has', async () => {
    const kafka = kafkaAt((await start()).port);
    const producer = await producerOf(kafka);
    const message = { key: 'k', value: 'vé', headers: { a: 'b' }, timestamp: '1700000000000' };
    for (const compression of [CompressionTypes.None, CompressionTypes.GZIP])
      for (const acks of [-1, 1, 0])
        await producer.send({ topic: 'a', compression, acks, messages: [message] });
    const { seen, messages } = await reading(kafka, 'g', 'a');
    await until(() => seen.length === 6);
    expect(seen).toEqual([0, 1, 2, 3, 4, 5].map((offset) => `0/${offset} vé`));
    expect(messages[5]).toMatchObject({ key: Buffer.from('k'), timestamp: '1700000000000' });
    expect(messages[5]!.headers).toEqual({ a: Buffer.from('b') });
  });

  it('create a topic by using it, with the default number of partitions', async () => {
    const kafka = kafkaAt((await start({ defaultPartitions: 3 })).port);
    await (await producerOf(kafka)).send({ topic: 'new', messages: [{ value: 'v' }] });
    const admin = kafka.admin();
    await admin.connect();
    ending.push(() => admin.disconnect());
    const { topics } = await admin.fetchTopicMetadata({ topics: ['new'] });
    expect(topics[0]!.partitions).toHaveLength(3);
  });

  it('transfer messages of many sizes, over many fetches', async () => {
    const kafka = kafkaAt((await start()).port);
    const producer = await producerOf(kafka);
    const sizes = [1, 900_000, 10, 500_000, 1000, 1_000_000, 3];
    for (const size of sizes) await producer.send({ topic: 'a', messages: [{ value: 'x'.repeat(size) }] });
    const { messages } = await reading(kafka, 'g', 'a');
    await until(() => messages.length === sizes.length);
    expect(messages.map(({ value }) => value!.length)).toEqual(sizes);
  });

  it('write each message once with an idempotent producer', async () => {
    const kafka = kafkaAt((await start()).port);
    const producer = await producerOf(kafka, { idempotent: true, maxInFlightRequests: 1 });
    for (let i = 0; i < 20; i++) await producer.send({ topic: 'a', messages: numbered(5, i * 5) });
    const { seen } = await reading(kafka, 'g', 'a');
    await until(() => seen.length === 100);
    expect(seen).toEqual(numbered(100).map(({ value }, i) => `0/${i} ${value}`));
  });
});

describe('kafkajs consumers of one group', () => {
  it('share the partitions, and take over those of a member that leaves', async () => {
    const kafka = kafkaAt((await start({ defaultPartitions: 4 })).port);
    const producer = await producerOf(kafka);
    await producer.send({ topic: 'a', messages: [{ value: 'first', partition: 0 }] });
    const one = await reading(kafka, 'g', 'a');
    await until(() => one.assigned().length === 4);
    const two = await reading(kafka, 'g', 'a');
    await until(() => one.assigned().length === 2 && two.assigned().length === 2);
    expect([...one.assigned(), ...two.assigned()].sort()).toEqual([0, 1, 2, 3]);
    const everywhere = [0, 1, 2, 3].map((partition) => ({ value: 'second', partition }));
    await producer.send({ topic: 'a', messages: everywhere });
    await until(() => one.seen.length + two.seen.length === 5);
    await two.consumer.disconnect();
    await until(() => one.assigned().length === 4);
    await producer.send({ topic: 'a', messages: everywhere });
    await until(() => one.seen.length + two.seen.length === 9);
  });

  it('take over from a member that is killed, and rebalance when one joins', async () => {
    const { port } = await start({ defaultPartitions: 2 });
    const kafka = kafkaAt(port);
    const producer = await producerOf(kafka);
    await producer.send({ topic: 'a', messages: [{ value: 'first', partition: 0 }] });
    const killed = killableConsumer(port, 'g', 'a');
    ending.push(killed.kill);
    const survivor = await reading(kafka, 'g', 'a');
    await until(() => survivor.assigned().length === 1);
    await killed.kill();
    await until(() => survivor.assigned().length === 2);
    const next = killableConsumer(port, 'g', 'a');
    ending.push(next.kill);
    await until(() => survivor.assigned().length === 1);
  });

  it('continue from the committed offsets, also after a restart of the broker', async () => {
    const data = directory();
    const broker = await start({ data });
    const { port } = broker;
    const kafka = kafkaAt(port);
    const producer = await producerOf(kafka);
    await producer.send({ topic: 'a', messages: numbered(3) });
    const one = await reading(kafka, 'g', 'a');
    await until(() => one.seen.length === 3);
    await one.consumer.disconnect();
    await broker.close();
    await start({ data, port });
    await producer.send({ topic: 'a', messages: numbered(2, 3) });
    const two = await reading(kafka, 'g', 'a');
    await until(() => two.seen.length === 2);
    expect(two.seen).toEqual(['0/3 3', '0/4 4']);
  });

  it('do not have to rejoin after a quick restart of the broker', async () => {
    const data = directory();
    const broker = await start({ data });
    const kafka = kafkaAt(broker.port);
    const producer = await producerOf(kafka);
    await producer.send({ topic: 'a', messages: numbered(1) });
    const one = await reading(kafka, 'g', 'a');
    await until(() => one.seen.length === 1);
    await broker.close();
    await start({ data, port: broker.port });
    await producer.send({ topic: 'a', messages: numbered(1, 1) });
    await until(() => one.seen.length === 2);
    expect(one.generation()).toBe(1);
  });
});

describe('kafkajs administration', () => {
  const adminOf = async (kafka: Kafka) => {
    const admin = kafka.admin();
    await admin.connect();
    ending.push(() => admin.disconnect());
    return admin;
  };

  it('creates, grows, describes and deletes topics', async () => {
    const admin = await adminOf(kafkaAt((await start()).port));
    const topic = {
      topic: 'a',
      numPartitions: 2,
      configEntries: [{ name: 'retention.ms', value: '60000' }],
    };
    expect(await admin.createTopics({ topics: [topic], waitForLeaders: true })).toBe(true);
    expect(await admin.createTopics({ topics: [topic] })).toBe(false);
    await admin.createPartitions({ topicPartitions: [{ topic: 'a', count: 5 }] });
    expect(await admin.fetchTopicOffsets('a')).toHaveLength(5);
    const { resources } = await admin.describeConfigs({
      includeSynonyms: false,
      resources: [{ type: 2, name: 'a', configNames: ['retention.ms'] }],
    });
    expect(resources[0]!.configEntries).toMatchObject([{ configName: 'retention.ms', configValue: '60000' }]);
    await admin.alterConfigs({
      validateOnly: false,
      resources: [{ type: 2, name: 'a', configEntries: [{ name: 'retention.ms', value: '1' }] }],
    });
    expect(await admin.describeCluster()).toMatchObject({ controller: 1, brokers: [{ nodeId: 1 }] });
    await admin.deleteTopics({ topics: ['a'] });
    expect(await admin.listTopics()).toEqual([]);
  });

  it('lists, describes, resets and deletes groups, and deletes records', async () => {
    const kafka = kafkaAt((await start()).port);
    const admin = await adminOf(kafka);
    const producer = await producerOf(kafka);
    await producer.send({ topic: 'a', messages: numbered(4) });
    const { consumer, seen } = await reading(kafka, 'g', 'a');
    await until(() => seen.length === 4);
    expect((await admin.listGroups()).groups).toEqual([{ groupId: 'g', protocolType: 'consumer' }]);
    const { groups } = await admin.describeGroups(['g', 'none']);
    expect(groups.map(({ state }) => state)).toEqual(['Stable', 'Dead']);
    await expect(admin.deleteGroups(['g'])).rejects.toThrow();
    await consumer.disconnect();
    expect(await admin.fetchOffsets({ groupId: 'g', topics: ['a'] })).toMatchObject([
      { partitions: [{ offset: '4' }] },
    ]);
    await admin.setOffsets({ groupId: 'g', topic: 'a', partitions: [{ partition: 0, offset: '1' }] });
    await admin.deleteTopicRecords({ topic: 'a', partitions: [{ partition: 0, offset: '2' }] });
    expect(await admin.fetchTopicOffsets('a')).toMatchObject([{ low: '2', high: '4' }]);
    await admin.deleteGroups(['g']);
    expect((await admin.listGroups()).groups).toEqual([]);
  });
});
