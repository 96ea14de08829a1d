// A test of a service that uses kafkajs. Run it with `node --test`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBroker } from '@msx/broker';
import { Kafka, logLevel } from 'kafkajs';

let kafka;
let client;
before(async () => {
  kafka = await startBroker();
  client = new Kafka({ brokers: [kafka.bootstrapServers], logLevel: logLevel.NOTHING });
});
after(() => kafka.stop());

test('a producer publishes an order', async () => {
  const producer = client.producer();
  await producer.connect();
  await producer.send({ topic: 'orders', messages: [{ key: '1', value: JSON.stringify({ total: 5 }) }] });
  await producer.disconnect();
  const { value } = await kafka.message('orders', { where: ({ key }) => key === '1' });
  assert.deepEqual(JSON.parse(value), { total: 5 });
});

test('a consumer receives a payment', async () => {
  await kafka.createTopic('payments', { partitions: 3 });
  await kafka.produce('payments', { key: '1', value: 'paid' });
  const consumer = client.consumer({ groupId: 'billing' });
  await consumer.connect();
  await consumer.subscribe({ topic: 'payments', fromBeginning: true });
  const received = await new Promise((resolve, reject) => {
    consumer.run({ eachMessage: async ({ message }) => resolve(String(message.value)) }).catch(reject);
  });
  await consumer.disconnect();
  assert.equal(received, 'paid');
});

test('a producer retries when the leader has moved', async () => {
  await kafka.faults.error('Produce', 'NOT_LEADER_OR_FOLLOWER', { times: 2 });
  const producer = client.producer();
  await producer.connect();
  await producer.send({ topic: 'retried', messages: [{ value: 'in the end' }] });
  await producer.disconnect();
  assert.equal((await kafka.messages('retried')).length, 1);
});
