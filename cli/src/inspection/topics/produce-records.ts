import { MsxError } from '../../terminal/errors/msx-error.js';
import { namedRequest } from '../kafka/named-request.js';
import { findTopics } from './find-topic.js';
import type { Message } from 'kafkajs';
import type { KafkaSession } from '../kafka/kafka-session.js';

export interface Produced {
  readonly topic: string;
  readonly count: number;
  /** The offset of the first of these records in each partition that was written to. */
  readonly offsets: Readonly<Record<number, number>>;
}

const MAX_BATCH = 500;
const MAX_BATCH_BYTES = 512 << 10;

/** Writes records, acknowledged by all in-sync replicas, in batches. Throws TOPIC_MISSING, USAGE, KAFKA_REFUSED. */
export async function produceRecords(
  session: KafkaSession,
  topic: string,
  messages: AsyncIterable<Message>,
): Promise<Produced> {
  await findTopics(session, [topic]);
  const { default: kafkajs } = await import('kafkajs');
  const createPartitioner = kafkajs.Partitioners.DefaultPartitioner;
  const producer = session.kafka.producer({ allowAutoTopicCreation: false, createPartitioner });
  await producer.connect();
  const { topics } = await session.admin.fetchTopicMetadata({ topics: [topic] });
  const offsets: Record<number, number> = {};
  let count = 0;
  try {
    for await (const batch of batchesOf(messages)) {
      for (const { partition } of batch)
        checkPartition(partition, { topic, count: topics[0]!.partitions.length });
      const written = producer.send({ topic, messages: batch, acks: -1 });
      const sent = await namedRequest(session, { doing: `write to ${topic}`, topic }, written);
      count += batch.length;
      for (const { partition, baseOffset } of sent) offsets[partition] ??= Number(baseOffset);
    }
    return { topic, count, offsets };
  } finally {
    await producer.disconnect().catch(() => undefined);
  }
}

/** kafkajs would report a bug of its own. */
function checkPartition(
  partition: number | undefined,
  { topic, count }: { topic: string; count: number },
): void {
  if (partition === undefined || partition < count) return;
  throw new MsxError('USAGE', { reason: `${topic} has no partition ${partition}: it has ${count}, from 0` });
}

async function* batchesOf(messages: AsyncIterable<Message>): AsyncGenerator<Message[]> {
  let batch: Message[] = [];
  let bytes = 0;
  for await (const message of messages) {
    batch.push(message);
    bytes += message.value?.length ?? 0;
    if (batch.length < MAX_BATCH && bytes < MAX_BATCH_BYTES) continue;
    yield batch;
    batch = [];
    bytes = 0;
  }
  if (batch.length > 0) yield batch;
}
