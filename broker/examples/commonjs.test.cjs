// The same library for CommonJS, with the broker in a process of its own.
const assert = require('node:assert/strict');
const { test } = require('node:test');
const { startBroker } = require('@msx/broker');
const { Kafka, logLevel } = require('kafkajs');

test('topics are created', async (context) => {
  const kafka = await startBroker({ process: true });
  context.after(() => kafka.stop());
  const admin = new Kafka({ brokers: [kafka.bootstrapServers], logLevel: logLevel.NOTHING }).admin();
  await admin.connect();
  await admin.createTopics({ topics: [{ topic: 'orders', numPartitions: 3 }] });
  assert.deepEqual(await admin.listTopics(), ['orders']);
  await admin.disconnect();
});
