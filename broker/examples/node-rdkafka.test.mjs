// A test of a service that uses node-rdkafka, the binding of librdkafka. Run it with `node --test`.
import assert from 'node:assert/strict';
import { once } from 'node:events';
import { after, before, test } from 'node:test';
import { startBroker } from '@msx/broker';
import rdkafka from 'node-rdkafka';

let kafka;
let connection;
before(async () => {
  kafka = await startBroker();
  connection = { 'bootstrap.servers': kafka.bootstrapServers };
});
after(() => kafka.stop());

test('a producer publishes an order', async () => {
  await kafka.createTopic('orders');
  const producer = new rdkafka.HighLevelProducer(connection);
  producer.connect();
  await once(producer, 'ready');
  const offset = await new Promise((resolve, reject) => {
    const done = (error, written) => (error ? reject(error) : resolve(written));
    producer.produce('orders', null, Buffer.from('new'), '1', Date.now(), done);
  });
  producer.disconnect();
  await once(producer, 'disconnected');
  assert.equal(offset, 0);
  assert.equal((await kafka.message('orders', { where: ({ key }) => key === '1' })).value, 'new');
});

test('a consumer receives a payment', async () => {
  await kafka.produce('payments', { key: '1', value: 'paid' });
  const consumer = new rdkafka.KafkaConsumer(
    { ...connection, 'group.id': 'billing' },
    { 'auto.offset.reset': 'earliest' },
  );
  consumer.connect();
  await once(consumer, 'ready');
  consumer.subscribe(['payments']);
  consumer.consume();
  const [{ value }] = await once(consumer, 'data');
  consumer.disconnect();
  await once(consumer, 'disconnected');
  assert.equal(String(value), 'paid');
});
