import type { Producer } from 'kafkajs';
import type { KafkaConnection } from '../kafka/kafka-connection.js';
import type { OutboxRow } from './outbox-table.js';

/** Sends rows to Kafka, in order for each key, acknowledged by all in-sync replicas. */
export class Publisher {
  private producer: Promise<Producer> | undefined;

  constructor(private readonly kafka: KafkaConnection) {}

  async connect(): Promise<void> {
    await (this.producer ??= this.open());
  }

  /** Resolves when Kafka has all rows; when it rejects, Kafka may have some of them. */
  async send(rows: readonly OutboxRow[]): Promise<void> {
    const byTopic = new Map<string, OutboxRow[]>();
    for (const row of rows) byTopic.set(row.topic, [...(byTopic.get(row.topic) ?? []), row]);
    const topicMessages = [...byTopic].map(([topic, own]) => ({ topic, messages: own.map(toMessage) }));
    this.producer ??= this.open();
    await (await this.producer).sendBatch({ topicMessages, acks: -1, timeout: 5000 });
  }

  /** Closes the connection; the next use opens a new one. */
  async close(): Promise<void> {
    const producer = this.producer;
    this.producer = undefined;
    await producer?.then((open) => open.disconnect()).catch(() => undefined);
  }

  private async open(): Promise<Producer> {
    await this.kafka.ensureTopics();
    const producer = await this.kafka.producer();
    await producer.connect();
    return producer;
  }
}

function toMessage({ key, value, headers }: OutboxRow) {
  const byName = Object.create(null) as Record<string, Buffer[]>;
  // kafkajs cannot send a header without a value.
  for (const [name, text] of headers) (byName[name] ??= []).push(Buffer.from(text ?? '', 'latin1'));
  return { key, value, headers: byName };
}
