import { describe, expect, it } from '@jest/globals';
import { directories } from '../test-directory.fixture.js';
import { kafkaAt, read, until } from './kafka.fixture.js';
import { processes } from './process.fixture.js';

const directory = directories();
const run = processes();

const startOn = async (data: string, port = 0) => {
  const broker = run(['--port', String(port), '--data', data, '--default-partitions', '2']);
  const listening = await broker.line('listening');
  return { ...broker, port: listening!.port! };
};

/** Transactions, each with a message in both partitions and an offset; every third is aborted. */
const load = (port: number) => {
  const acknowledged: string[] = [];
  const attempted: string[] = [];
  let isOver = false;
  const kafka = kafkaAt(port);
  const run = async (): Promise<void> => {
    for (let generation = 0; !isOver; generation++) {
      const producer = kafka.producer({ transactionalId: 't', idempotent: true, maxInFlightRequests: 1 });
      try {
        await producer.connect();
        while (!isOver) await transact(producer, `${attempted.length}`);
      } catch {
        // The outcome of the transaction is unknown: a new producer with the same id goes on.
      }
      await producer.disconnect();
    }
  };
  const transact = async (producer: ReturnType<typeof kafka.producer>, value: string): Promise<void> => {
    const isAborted = attempted.length % 3 === 2;
    attempted.push(isAborted ? `aborted ${value}` : value);
    const transaction = await producer.transaction();
    await transaction.send({ topic: 'a', messages: [0, 1].map((partition) => ({ partition, value })) });
    const partitions = [{ partition: 0, offset: value }];
    await transaction.sendOffsets({ consumerGroupId: 'o', topics: [{ topic: 'a', partitions }] });
    if (isAborted) return transaction.abort();
    await transaction.commit();
    acknowledged.push(value);
  };
  const running = run();
  const stop = async (): Promise<void> => {
    isOver = true;
    await running;
  };
  return { kafka, acknowledged, attempted, stop };
};

describe('a broker that is killed during transactions', () => {
  it('has each of them entirely or not at all, and all that were acknowledged', async () => {
    const data = directory();
    let broker = await startOn(data);
    const { port } = broker;
    const { kafka, acknowledged, attempted, stop } = load(port);
    for (let life = 0; life < 5; life++) {
      const before = acknowledged.length;
      await until(() => acknowledged.length > before + 15, 30_000);
      broker.child.kill('SIGKILL');
      await broker.exit;
      broker = await startOn(data, port);
    }
    const before = acknowledged.length;
    await until(() => acknowledged.length > before + 2, 30_000);
    await stop();
    const last = acknowledged.at(-1)!;
    const { consumer, seen } = await read(kafka, 'g', 'a');
    const valuesIn = (partition: number): string[] =>
      seen.filter((line) => line.startsWith(`${partition}/`)).map((line) => line.split(' ')[1]!);
    await until(() => [0, 1].every((partition) => valuesIn(partition).includes(last)));
    await consumer.disconnect();
    expect(valuesIn(0)).toEqual(valuesIn(1));
    expect(new Set(valuesIn(0)).size).toBe(valuesIn(0).length);
    expect(valuesIn(0)).toEqual(expect.arrayContaining(acknowledged));
    const aborted = attempted.filter((value) => value.startsWith('aborted')).map((value) => value.slice(8));
    expect(valuesIn(0).filter((value) => aborted.includes(value))).toEqual([]);
    const admin = kafka.admin();
    await admin.connect();
    const [topic] = await admin.fetchOffsets({ groupId: 'o', topics: ['a'] });
    await admin.disconnect();
    expect(topic!.partitions[0]!.offset).toBe(valuesIn(0).at(-1));
  }, 120_000);
});
