import type { Consumer } from 'kafkajs';
import type { Check } from '../health/health.js';
import type { Logger } from '../logs/logger.js';
import { Backoff } from './backoff.js';
import { BatchHandler } from './batch-handler.js';
import type { KafkaConnection } from './kafka-connection.js';
import type { MessageProcessor } from './message-processor.js';
import type { BoundHandler } from './on-event.js';
import { Pulse } from './pulse.js';

export interface ConsumerParts {
  readonly kafka: KafkaConnection;
  readonly processor: MessageProcessor;
  readonly handlers: readonly BoundHandler[];
  readonly check: Check;
  readonly logger: Logger;
  readonly longestBackoff: number;
}

/** Partitions handled side by side, so that one that has to wait does not stop the others. */
const CONCURRENCY = 4;

/** Heartbeats and fetches come every second or so; after so many milliseconds without any, something is wrong. */
const SILENCE = 3000;

/** How long the messages in hand may take to finish when the service stops, in milliseconds. */
const STOP = 2000;

/**
 * The service's member of its consumer group. kafkajs gives up on a broker that stays away; this begins again, as a new
 * consumer, for as long as it takes.
 */
export class EventConsumer {
  private readonly backoff: Backoff;
  private readonly batches: BatchHandler;
  private readonly stopped = new AbortController();
  private readonly pulse = new Pulse(SILENCE, () => void this.silent());
  private consumer: Consumer | undefined;
  private failing = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ConsumerParts) {
    this.backoff = new Backoff(100, parts.longestBackoff);
    this.batches = new BatchHandler({ ...parts, stopped: this.stopped.signal });
  }

  start(): void {
    this.running = this.run();
  }

  /** Finishes the messages in hand, commits, and leaves the group, so that others need not wait for a timeout. */
  async stop(): Promise<void> {
    this.stopped.abort();
    this.backoff.wake();
    this.pulse.stop();
    const left = Promise.all([this.consumer?.disconnect().catch(() => undefined), this.running]);
    await Promise.race([left, new Promise((resolve) => setTimeout(resolve, STOP).unref())]);
  }

  private get stopping(): boolean {
    return this.stopped.signal.aborted;
  }

  private async run(): Promise<void> {
    while (!this.stopping) {
      try {
        await this.parts.kafka.ensureTopics();
        const consumer = await this.parts.kafka.consumer();
        this.consumer = consumer;
        if (!this.stopping) await this.consume(consumer);
      } catch (error) {
        this.failed(error);
      }
      this.pulse.stop();
      await this.consumer?.disconnect().catch(() => undefined);
      if (!this.stopping) await this.backoff.wait();
    }
  }

  /** Resolves when the consumer was told to stop, rejects when it crashed. */
  private async consume(consumer: Consumer): Promise<void> {
    const ended = new Promise<void>((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
      this.stopped.signal.addEventListener('abort', () => resolve(), { once: true });
    });
    ended.catch(() => undefined);
    consumer.on('consumer.group_join', () => this.joined());
    consumer.on('consumer.heartbeat', () => this.alive());
    consumer.on('consumer.fetch', () => this.alive());
    await consumer.connect();
    await consumer.subscribe({ topics: this.batches.topics, fromBeginning: true });
    await consumer.run({
      autoCommitInterval: 1000,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: CONCURRENCY,
      eachBatch: (payload) => this.batches.handle(payload),
    });
    await ended;
  }

  private joined(): void {
    this.pulse.start();
    this.alive();
  }

  private alive(): void {
    this.pulse.beat();
    if (this.failing) this.parts.logger.log('Consuming events again', 'Events');
    this.failing = false;
    this.backoff.reset();
    this.parts.check.ok();
  }

  /** kafkajs is trying to get through; asking Kafka ourselves tells why it does not. */
  private async silent(): Promise<void> {
    const quiet = new Error(`the consumer group has not answered for ${SILENCE / 1000} s`);
    this.failed(
      await this.parts.kafka.ping().then(
        () => quiet,
        (error: unknown) => error,
      ),
    );
  }

  private failed(error: unknown): void {
    const reason = this.parts.kafka.describe(error);
    this.parts.check.fail(reason);
    if (!this.failing && !this.stopping) this.parts.logger.warn(`Not consuming events: ${reason}`, 'Events');
    this.failing = true;
  }
}
