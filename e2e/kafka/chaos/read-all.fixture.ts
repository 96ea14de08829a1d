import type { Kafka } from 'kafkajs';
import { until } from '../until.fixture.js';

/** The marker that ends each partition, so that a reader knows that it has seen everything. */
const END = 'end';

/** The values of all committed records by partition, in the order of their offsets. Appends a marker to each partition. */
export async function readAll(kafka: Kafka, topic: string, partitions: number): Promise<number[][]> {
  await appendEnd(kafka, topic, partitions);
  const seen: string[][] = Array.from({ length: partitions }, () => []);
  const consumer = kafka.consumer({ groupId: `reader-of-${topic}`, maxWaitTimeInMs: 100 });
  await consumer.connect();
  await consumer.subscribe({ topic, fromBeginning: true });
  await consumer.run({
    eachMessage: async ({ partition, message }) => void seen[partition]!.push(String(message.value)),
  });
  await until(() => seen.every((values) => values.includes(END)), 60_000);
  await consumer.disconnect();
  return seen.map((values) => values.filter((value) => value !== END).map(Number));
}

async function appendEnd(kafka: Kafka, topic: string, partitions: number) {
  const producer = kafka.producer();
  await producer.connect();
  const messages = Array.from({ length: partitions }, (_, partition) => ({ partition, value: END }));
  await producer.send({ topic, messages });
  await producer.disconnect();
}

/** The offset that a group has committed for partition 0; -1 if there is none. */
export async function committedOffset(kafka: Kafka, groupId: string, topic: string): Promise<number> {
  const admin = kafka.admin();
  await admin.connect();
  const [found] = await admin.fetchOffsets({ groupId, topics: [topic] });
  await admin.disconnect();
  return Number(found!.partitions.find(({ partition }) => partition === 0)?.offset ?? -1);
}
