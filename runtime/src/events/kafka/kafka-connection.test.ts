import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Logger } from '../../logs/logger.js';
import { TestBroker, eventually } from './broker.fixture.js';
import { KafkaConnection } from './kafka-connection.js';

describe('a topic that was deleted', () => {
  let broker: TestBroker;
  let kafka: KafkaConnection;
  beforeAll(async () => {
    broker = await TestBroker.start();
    kafka = new KafkaConnection({
      ...{ service: 'test', brokers: [broker.address], development: true },
      ...{
        topics: new Map([['order.created', 3]]),
        logger: new Logger({ service: 'test', level: 'silent' }),
      },
    });
  });
  afterAll(async () => {
    await kafka.close();
    await broker.remove();
  });

  const admin = async <T>(
    use: (admin: ReturnType<ReturnType<TestBroker['client']>['admin']>) => Promise<T>,
  ) => {
    const client = broker.client().admin();
    await client.connect();
    return use(client).finally(() => client.disconnect());
  };
  const topics = () => admin((client) => client.listTopics());

  it('is not created by a producer or a consumer, but with its declared partitions', async () => {
    await kafka.ensureTopics();
    const producer = await kafka.producer();
    const consumer = await kafka.consumer('group');
    await Promise.all([producer.connect(), consumer.connect()]);
    await admin((client) => client.deleteTopics({ topics: ['order.created'] }));

    const send = producer.send({ topic: 'order.created', messages: [{ value: 'x' }] });
    await expect(send).rejects.toThrow(/does not host this topic-partition/);
    await consumer.subscribe({ topics: ['order.created'] }).catch(() => undefined);
    await consumer.run({ eachMessage: () => Promise.resolve() }).catch(() => undefined);
    expect(await topics()).not.toContain('order.created');

    await kafka.ensureTopics();
    await eventually('the topic is created', async () => (await topics()).includes('order.created'));
    const { topics: described } = await admin((client) =>
      client.fetchTopicMetadata({ topics: ['order.created'] }),
    );
    expect(described[0]!.partitions).toHaveLength(3);
    await Promise.all([producer.disconnect(), consumer.disconnect()]);
  });
});
