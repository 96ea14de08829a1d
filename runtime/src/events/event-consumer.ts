import type { Consumer } from 'kafkajs';
import { BatchHandler } from './batch-handler.js';
import type { MessageProcessor } from './message-processor.js';
import type { BoundHandler } from './on-event.js';
import { PatientConsumer } from './patient-consumer.js';
import type { PatientConsumerParts } from './patient-consumer.js';

export interface ConsumerParts extends Omit<PatientConsumerParts, 'begin'> {
  readonly processor: MessageProcessor;
  readonly handlers: readonly BoundHandler[];
}

/** Partitions handled side by side, so that one that has to wait does not stop the others. */
const CONCURRENCY = 4;

/** The service's member of its consumer group, which takes each message through its handlers. */
export class EventConsumer {
  private readonly member: PatientConsumer;
  private readonly batches: BatchHandler;

  constructor(parts: ConsumerParts) {
    this.member = new PatientConsumer({ ...parts, begin: (consumer) => this.begin(consumer) });
    this.batches = new BatchHandler({ ...parts, stopped: this.member.stopped });
  }

  start(): void {
    this.member.start();
  }

  stop(): Promise<void> {
    return this.member.stop();
  }

  private async begin(consumer: Consumer): Promise<void> {
    await consumer.subscribe({ topics: this.batches.topics, fromBeginning: true });
    await consumer.run({
      autoCommitInterval: 1000,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: CONCURRENCY,
      eachBatch: (payload) => this.batches.handle(payload),
    });
  }
}
