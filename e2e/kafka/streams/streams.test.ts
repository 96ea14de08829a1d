import { afterEach, beforeEach, expect, it, jest } from '@jest/globals';
import { join } from 'node:path';
import type { Kafka } from 'kafkajs';
import { describeWhere } from '../../../checks/skipping.fixture.js';
import { kafkaAt } from '../chaos/load.fixture.js';
import {
  hasTransactions,
  startRestarting,
  WITHOUT_TRANSACTIONS,
  type Restarting,
} from '../restarting-broker.fixture.js';
import { until } from '../until.fixture.js';
import { JavaProcess, libraries } from './java-process.fixture.js';
import { Outputs } from './outputs.fixture.js';

jest.setTimeout(300_000);

const WORDS = ['to', 'be', 'or', 'not', 'to', 'be'];
const LINES = 100;
const CUSTOMERS = { ada: 'Ada', bob: 'Bob' };
const TIMEOUT_MS = 90_000;

/** 1, 2, 3 … for each time that a word occurs. */
const countsTo = (count: number) => Array.from({ length: count }, (_, n) => String(n + 1));

/** 1, 1 + 2, 1 + 2 + 3 … with the name that the table has for the customer. */
const totalsOf = (name: string) =>
  Array.from({ length: LINES }, (_, n) => `${name}:${((n + 1) * (n + 2)) / 2}`);

const reason = libraries ? WITHOUT_TRANSACTIONS : 'npm run test:kafka-streams runs it';

describeWhere(libraries && hasTransactions, reason)('Kafka Streams, exactly once', () => {
  let broker: Restarting;
  let kafka: Kafka;
  let application: JavaProcess;

  beforeEach(async () => {
    application = new JavaProcess();
    application.compile(join(import.meta.dirname, 'java/Application.java'));
    broker = await startRestarting();
    kafka = kafkaAt(broker.port);
    const admin = kafka.admin();
    await admin.connect();
    const names = ['lines', 'counts', 'orders', 'customers', 'totals'];
    await admin.createTopics({ topics: names.map((topic) => ({ topic, numPartitions: 2 })) });
    await admin.disconnect();
  });
  afterEach(async () => {
    await application.destroy();
    await broker?.destroy();
  });

  async function send(topic: string, messages: { key: string; value: string }[]) {
    const producer = kafka.producer({ idempotent: true });
    await producer.connect();
    await producer.send({ topic, messages });
    await producer.disconnect();
  }

  /** Half of the lines and orders. */
  async function sendInputs(from: number) {
    const numbers = Array.from({ length: LINES / 2 }, (_, n) => from + n);
    await send(
      'lines',
      numbers.map((n) => ({ key: String(n), value: WORDS.join(' ') })),
    );
    const orders = numbers.flatMap((n) =>
      Object.keys(CUSTOMERS).map((key) => ({ key, value: String(n + 1) })),
    );
    await send('orders', orders);
  }

  it('counts words and joins orders to the right results, while the broker is killed', async () => {
    await send(
      'customers',
      Object.entries(CUSTOMERS).map(([key, value]) => ({ key, value })),
    );
    await sendInputs(0);
    application.start('Application', String(broker.port), join(application.work, 'state'));
    const counts = await Outputs.of(kafka, 'counts');
    const totals = await Outputs.of(kafka, 'totals');
    await until(() => counts.count > LINES && totals.count > 0, TIMEOUT_MS);
    await broker.killAndRestart();
    await sendInputs(LINES / 2);
    await until(() => counts.count >= LINES * WORDS.length, TIMEOUT_MS);
    await until(() => totals.count >= LINES * Object.keys(CUSTOMERS).length, TIMEOUT_MS);
    for (const word of new Set(WORDS)) {
      const occurrences = WORDS.filter((each) => each === word).length;
      expect([word, counts.values.get(word)]).toEqual([word, countsTo(LINES * occurrences)]);
    }
    for (const [key, name] of Object.entries(CUSTOMERS))
      expect([key, totals.values.get(key)]).toEqual([key, totalsOf(name)]);
    await Promise.all([counts.close(), totals.close()]);
  });
});
