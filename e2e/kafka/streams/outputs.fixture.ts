import type { Consumer, Kafka } from 'kafkajs';

/** What a topic has for each key, in order. Only committed records are seen. */
export class Outputs {
  readonly values = new Map<string, string[]>();
  private readonly consumer: Consumer;

  private constructor(kafka: Kafka, topic: string) {
    this.consumer = kafka.consumer({ groupId: `reader-of-${topic}`, maxWaitTimeInMs: 100 });
  }

  static async of(kafka: Kafka, topic: string): Promise<Outputs> {
    const outputs = new Outputs(kafka, topic);
    await outputs.consumer.connect();
    await outputs.consumer.subscribe({ topic, fromBeginning: true });
    await outputs.consumer.run({
      eachMessage: async ({ message }) => {
        const key = String(message.key);
        outputs.values.set(key, [...(outputs.values.get(key) ?? []), String(message.value)]);
      },
    });
    return outputs;
  }

  get count(): number {
    return [...this.values.values()].flat().length;
  }

  close(): Promise<void> {
    return this.consumer.disconnect();
  }
}
