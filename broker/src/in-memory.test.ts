import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from '@jest/globals';
import { kafkaAt, read, until } from './kafkajs/kafka.fixture.js';
import type { BrokerOptions } from './broker-options.js';
import { startBroker, type RunningBroker } from './start-broker.js';

const running: RunningBroker[] = [];
afterEach(async () => {
  for (const broker of running.splice(0)) await broker.close();
});
const start = async (options: BrokerOptions = {}) => {
  running.push(await startBroker(options));
  return running.at(-1)!;
};

describe('a broker in memory', () => {
  it('serves producers and consumers, and forgets everything', async () => {
    const broker = await start();
    const kafka = kafkaAt(broker.port);
    const producer = kafka.producer({ idempotent: true });
    await producer.connect();
    await producer.send({ topic: 'a', messages: [{ value: 'x' }, { value: 'y' }] });
    await producer.disconnect();
    const { consumer, seen } = await read(kafka, 'g', 'a');
    await until(() => seen.length === 2);
    await consumer.disconnect();
    expect(seen).toEqual(['0/0 x', '0/1 y']);
    await broker.close();
    const admin = kafkaAt((await start()).port).admin();
    await admin.connect();
    expect(await admin.listTopics()).toEqual([]);
    await admin.disconnect();
  });

  it('deletes the oldest records of the largest partition when it is full, and logs it', async () => {
    const lines: unknown[][] = [];
    const limit = 4 << 20;
    const broker = await start({ memoryBytes: limit, log: (...line) => lines.push(line) });
    const kafka = kafkaAt(broker.port);
    const producer = kafka.producer();
    await producer.connect();
    await producer.send({ topic: 'small', messages: [{ value: 'kept' }] });
    for (let i = 0; i < 20; i++)
      await producer.send({ topic: 'large', messages: [{ value: Buffer.alloc(500_000, i) }] });
    await producer.disconnect();
    const admin = kafka.admin();
    await admin.connect();
    const [large] = await admin.fetchTopicOffsets('large');
    const [small] = await admin.fetchTopicOffsets('small');
    await admin.disconnect();
    expect(large!.high).toBe('20');
    expect(Number(large!.low)).toBeGreaterThan(20 - limit / 500_000);
    expect(small).toMatchObject({ low: '0', high: '1' });
    expect(lines).toContainEqual([
      'warn',
      'memory is full: the oldest records were deleted',
      { topic: 'large', partition: 0 },
    ]);
  });
});

describe('node:fs', () => {
  it('is imported only by storage and the process, so that the rest works in memory', () => {
    const root = import.meta.dirname;
    const sources = readdirSync(root, { recursive: true, encoding: 'utf8' }).filter(
      (file) => file.endsWith('.ts') && !/\.(test|fixture)\.ts$/.test(file),
    );
    const importing = sources.filter((file) =>
      /from 'node:fs(\/promises)?'/.test(readFileSync(join(root, file), 'utf8')),
    );
    expect(importing.filter((file) => !file.startsWith('storage')).sort()).toEqual([
      'open-storage.ts',
      'security/security-from.ts',
      'security/tls-identity.ts',
      'version.ts',
    ]);
  });
});
