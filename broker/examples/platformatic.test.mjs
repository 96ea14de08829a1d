// A test of a service that uses @platformatic/kafka. Run it with `node --test`.
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { startBroker } from '@msx/broker';
import { Consumer, Producer, stringDeserializers, stringSerializers } from '@platformatic/kafka';

let kafka;
let connection;
before(async () => {
  kafka = await startBroker();
  connection = { clientId: 'orders', bootstrapBrokers: [kafka.bootstrapServers] };
});
after(() => kafka.stop());

test('a producer publishes an order', async () => {
  await kafka.createTopic('orders');
  const producer = new Producer({ ...connection, serializers: stringSerializers });
  await producer.send({ messages: [{ topic: 'orders', key: '1', value: 'new' }] });
  await producer.close();
  assert.equal((await kafka.message('orders')).value, 'new');
});

test('a consumer receives a payment', async () => {
  await kafka.produce('payments', { key: '1', value: 'paid' });
  const consumer = new Consumer({ ...connection, groupId: 'billing', deserializers: stringDeserializers });
  const stream = await consumer.consume({ topics: ['payments'], mode: 'earliest' });
  for await (const { value } of stream) {
    assert.equal(value, 'paid');
    break;
  }
  await consumer.close(true);
});
