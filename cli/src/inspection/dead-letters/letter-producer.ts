import type { Producer } from 'kafkajs';
import type { KafkaSession } from '../kafka/kafka-session.js';

/** Connects a producer, works, and disconnects it. Keys go to the partitions that the services send them to. */
export async function withProducer<T>(
  { kafka }: KafkaSession,
  work: (producer: Producer) => Promise<T>,
): Promise<T> {
  const { default: kafkajs } = await import('kafkajs');
  const createPartitioner = kafkajs.Partitioners.DefaultPartitioner;
  const producer = kafka.producer({ allowAutoTopicCreation: false, createPartitioner });
  await producer.connect();
  try {
    return await work(producer);
  } finally {
    await producer.disconnect().catch(() => undefined);
  }
}
