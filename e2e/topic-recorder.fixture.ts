import { Kafka, logLevel } from 'kafkajs';

export interface Recorded {
  topic: string;
  key: string;
  id: string;
  type: string;
  value: Record<string, unknown>;
}

/** Reads topics from their beginning with a plain kafkajs consumer and keeps what it saw. */
export class TopicRecorder {
  readonly seen: Recorded[] = [];
  private constructor(private readonly stopReading: () => Promise<void>) {}

  static async open(broker: string, topics: string[]): Promise<TopicRecorder> {
    const consumer = new Kafka({ brokers: [broker], logLevel: logLevel.NOTHING }).consumer({
      groupId: `recorder-${process.pid}-${Date.now()}`,
    });
    const recorder = new TopicRecorder(() => consumer.disconnect());
    await consumer.connect();
    await consumer.subscribe({ topics, fromBeginning: true });
    await consumer.run({
      eachMessage: async ({ topic, message: { key, headers, value } }) => {
        recorder.seen.push({
          topic,
          key: String(key),
          id: String(headers?.ce_id),
          type: String(headers?.ce_type),
          value: JSON.parse(String(value)) as Record<string, unknown>,
        });
      },
    });
    return recorder;
  }

  of(topic: string) {
    return this.seen.filter((message) => message.topic === topic);
  }

  close() {
    return this.stopReading();
  }
}
