import { afterEach, describe, expect, it } from '@jest/globals';
import type { Kafka, Producer } from 'kafkajs';
import { brokers } from '../test-broker.fixture.js';
import { kafkaAt, read, until } from './kafka.fixture.js';

const ending: (() => Promise<void>)[] = [];
afterEach(async () => {
  await Promise.all(ending.splice(0).map((end) => end()));
});
// Stops after the clients: a client without its broker retries for a long time.
const { start } = brokers();

const producerOf = async (kafka: Kafka, transactionalId: string): Promise<Producer> => {
  const producer = kafka.producer({ transactionalId, idempotent: true, maxInFlightRequests: 1 });
  await producer.connect();
  ending.push(() => producer.disconnect());
  return producer;
};

const bothPartitions = (value: string) => [0, 1].map((partition) => ({ partition, value }));

const started = async () => {
  const kafka = kafkaAt((await start({ defaultPartitions: 2 })).port);
  return { kafka, producer: await producerOf(kafka, 't') };
};

const reading = async (kafka: Kafka, topic: string) => {
  const { consumer, seen } = await read(kafka, 'g', topic);
  ending.push(() => consumer.disconnect());
  return seen;
};

describe('kafkajs transactions', () => {
  it('are visible as a whole when committed, and never when aborted', async () => {
    const { kafka, producer } = await started();
    const first = await producer.transaction();
    await first.send({ topic: 'a', messages: bothPartitions('committed') });
    await first.commit();
    const second = await producer.transaction();
    await second.send({ topic: 'a', messages: bothPartitions('aborted') });
    await second.abort();
    const third = await producer.transaction();
    await third.send({ topic: 'a', messages: bothPartitions('late') });
    const seen = await reading(kafka, 'a');
    await until(() => seen.length === 2);
    await third.commit();
    await until(() => seen.length === 4);
    expect(seen.toSorted()).toEqual(['0/0 committed', '0/4 late', '1/0 committed', '1/4 late']);
  });

  it('commit the offsets of a group with their messages', async () => {
    const { kafka, producer } = await started();
    const admin = kafka.admin();
    await admin.connect();
    ending.push(() => admin.disconnect());
    await admin.createTopics({ topics: [{ topic: 'a' }] });
    const offset = async (): Promise<string> => {
      const [topic] = await admin.fetchOffsets({ groupId: 'g', topics: ['a'] });
      return topic!.partitions[0]!.offset;
    };
    const consumed = (next: string) => ({
      consumerGroupId: 'g',
      topics: [{ topic: 'a', partitions: [{ partition: 0, offset: next }] }],
    });
    const aborted = await producer.transaction();
    await aborted.sendOffsets(consumed('3'));
    await aborted.abort();
    expect(await offset()).toBe('-1');
    const committed = await producer.transaction();
    await committed.sendOffsets(consumed('5'));
    expect(await offset()).toBe('-1');
    await committed.commit();
    expect(await offset()).toBe('5');
  });

  it('of an earlier producer are aborted when one with its id begins', async () => {
    const { kafka, producer: zombie } = await started();
    const abandoned = await zombie.transaction();
    await abandoned.send({ topic: 'a', messages: bothPartitions('zombie') });
    const producer = await producerOf(kafka, 't');
    const transaction = await producer.transaction();
    await transaction.send({ topic: 'a', messages: bothPartitions('alive') });
    await transaction.commit();
    await expect(abandoned.commit()).rejects.toMatchObject({ type: 'INVALID_PRODUCER_EPOCH' });
    const seen = await reading(kafka, 'a');
    await until(() => seen.length === 2);
    expect(seen.every((line) => line.endsWith('alive'))).toBe(true);
  });
});
