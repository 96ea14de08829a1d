import type { Consumer } from 'kafkajs';
import { BatchHandler } from './batch-handler.js';
import type { MessageProcessor } from './message-processor.js';
import type { BoundHandler } from './on-event.js';
import { ReconnectingConsumer } from '../kafka/reconnecting-consumer.js';
import type { KafkaContext } from '../kafka/kafka-connection.js';

export interface EventConsumerOptions {
  /** The consumer group. */
  readonly group: string;
  readonly processor: MessageProcessor;
  readonly handlers: readonly BoundHandler[];
  /** The dead-letter topics of the group. */
  readonly deadLetterTopics: readonly string[];
  /** Called when partitions were assigned to this member. */
  readonly onRebalance: () => void;
}

/** The number of partitions handled concurrently, so that one that waits does not block the others. */
const CONCURRENCY = 4;

/** How often offsets are committed. */
const COMMIT_INTERVAL_MS = 1000;

/** The service's member of its consumer group, which passes each message to its handlers. */
export class EventConsumer {
  private readonly member: ReconnectingConsumer;
  private readonly batches: BatchHandler;

  constructor(context: KafkaContext, { group, onRebalance, ...parts }: EventConsumerOptions) {
    this.member = new ReconnectingConsumer(context, {
      group,
      onRebalance,
      begin: (consumer) => this.begin(consumer),
      onAlive: () => void this.batches.commitIfDue(),
      onStop: () => this.batches.commitAll(),
    });
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
      // It would commit after each batch, and so, at a normal load, after each message.
      autoCommit: false,
      autoCommitInterval: COMMIT_INTERVAL_MS,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: CONCURRENCY,
      eachBatch: (payload) => this.batches.handle(payload),
    });
  }
}
