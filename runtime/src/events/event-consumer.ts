import type { Consumer, EachBatchPayload, KafkaMessage } from 'kafkajs';
import type { Check } from '../health/health.js';
import type { Logger } from '../logs/logger.js';
import { Backoff } from './backoff.js';
import { keepAlive } from './keep-alive.js';
import type { KafkaConnection } from './kafka-connection.js';
import type { MessageProcessor, Pause } from './message-processor.js';
import type { BoundHandler } from './on-event.js';
import type { ReceivedMessage } from './wire-message.js';

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

/** Longest pause between two heartbeats while a message waits for its next attempt, in milliseconds. */
const BEAT = 500;

/**
 * The service's member of its consumer group. kafkajs gives up on a broker that stays away; this begins again, as a new
 * consumer, for as long as it takes.
 */
export class EventConsumer {
  private readonly backoff: Backoff;
  private readonly byTopic: ReadonlyMap<string, readonly BoundHandler[]>;
  private readonly stopped = new AbortController();
  private consumer: Consumer | undefined;
  private failing = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: ConsumerParts) {
    this.backoff = new Backoff(100, parts.longestBackoff);
    this.byTopic = groupByTopic(parts.handlers);
  }

  start(): void {
    this.running = this.run();
  }

  /** Finishes the messages in hand, commits, and leaves the group, so that others need not wait for a timeout. */
  async stop(): Promise<void> {
    this.stopped.abort();
    this.backoff.wake();
    await this.consumer?.disconnect().catch(() => undefined);
    await this.running;
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
    await consumer.connect();
    await consumer.subscribe({ topics: [...this.byTopic.keys()], fromBeginning: true });
    await consumer.run({
      autoCommitInterval: 1000,
      eachBatchAutoResolve: false,
      partitionsConsumedConcurrently: CONCURRENCY,
      eachBatch: (payload) => this.handleBatch(payload),
    });
    await ended;
  }

  private async handleBatch(payload: EachBatchPayload): Promise<void> {
    const { batch, heartbeat, resolveOffset, commitOffsetsIfNecessary, isRunning, isStale } = payload;
    const goesOn = (): boolean => isRunning() && !isStale() && !this.stopping;
    const pause: Pause = (milliseconds) => waitBeating(milliseconds, heartbeat, goesOn);
    for (const message of batch.messages) {
      if (!goesOn()) return;
      const handlers = this.byTopic.get(batch.topic) ?? [];
      const received = toReceived(batch, message);
      await keepAlive(heartbeat, () => this.parts.processor.process(received, handlers, pause));
      resolveOffset(message.offset);
      await heartbeat();
      await commitOffsetsIfNecessary();
    }
  }

  private joined(): void {
    if (this.failing) this.parts.logger.log('Consuming events again', 'Events');
    this.failing = false;
    this.backoff.reset();
    this.parts.check.ok();
  }

  private failed(error: unknown): void {
    const reason = this.parts.kafka.describe(error);
    this.parts.check.fail(reason);
    if (!this.failing && !this.stopping) this.parts.logger.warn(`Not consuming events: ${reason}`, 'Events');
    this.failing = true;
  }
}

function groupByTopic(handlers: readonly BoundHandler[]): Map<string, BoundHandler[]> {
  const groups = new Map<string, BoundHandler[]>();
  for (const handler of handlers)
    groups.set(handler.type.topic, [...(groups.get(handler.type.topic) ?? []), handler]);
  return groups;
}

function toReceived({ topic, partition }: EachBatchPayload['batch'], message: KafkaMessage): ReceivedMessage {
  const headers = Object.entries(message.headers ?? {}).map(([name, value]) => {
    const first = Array.isArray(value) ? value[0] : value;
    return [name, typeof first === 'string' ? first : (first?.toString('latin1') ?? '')] as const;
  });
  const { key, value, offset, timestamp } = message;
  return {
    topic,
    partition,
    offset,
    timestamp: Number(timestamp),
    key,
    value,
    headers: Object.fromEntries(headers),
  };
}

async function waitBeating(
  milliseconds: number,
  beat: () => Promise<void>,
  goesOn: () => boolean,
): Promise<void> {
  for (let left = milliseconds; left > 0; left -= BEAT) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, BEAT)));
    if (!goesOn()) throw new Error('No longer consuming this partition');
    await beat();
  }
}
