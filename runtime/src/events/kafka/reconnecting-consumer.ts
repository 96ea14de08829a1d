import { setTimeout as pause } from 'node:timers/promises';
import type { Consumer } from 'kafkajs';
import { Backoff } from '../../retry/backoff.js';
import type { KafkaContext } from './kafka-connection.js';
import { Watchdog } from './watchdog.js';

export interface ReconnectingConsumerOptions {
  /** The consumer group. */
  readonly group: string;
  /** Subscribes a new consumer and starts it. */
  readonly begin: (consumer: Consumer) => Promise<void>;
  /** Called with the reason, repeatedly, while Kafka cannot be read. */
  readonly onFailure?: (reason: string) => void;
  /** Called for each heartbeat or fetch that succeeds. */
  readonly onAlive?: () => void;
  /** Called when partitions were assigned to this member. */
  readonly onRebalance?: () => void;
  /** Called when the service stops, before the group is left. */
  readonly onStop?: () => Promise<void>;
}

/** Heartbeats and fetches come about every second; after this long without any, something is wrong. */
const SILENCE_TIMEOUT_MS = 3000;

/** How long the messages in flight may take to finish when the service stops. */
const STOP_TIMEOUT_MS = 2000;

/**
 * A member of a consumer group. kafkajs gives up when a broker stays unavailable; this class then reconnects with a new
 * consumer, without limit.
 */
export class ReconnectingConsumer {
  private readonly backoff: Backoff;
  private readonly stopping = new AbortController();
  private readonly pulse = new Watchdog(SILENCE_TIMEOUT_MS, () => void this.silent());
  private consumer: Consumer | undefined;
  private failing = false;
  private running: Promise<void> = Promise.resolve();

  constructor(
    private readonly context: KafkaContext,
    private readonly options: ReconnectingConsumerOptions,
  ) {
    this.backoff = new Backoff(100, context.maxBackoffMs);
  }

  /** Aborted when the service stops. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  start(): void {
    this.running = this.run();
  }

  /** Finishes the messages in flight, commits, and leaves the group, so that its partitions are reassigned at once. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.backoff.wake();
    this.pulse.stop();
    const left = Promise.all([this.leave(), this.running]);
    await Promise.race([left, new Promise((resolve) => setTimeout(resolve, STOP_TIMEOUT_MS).unref())]);
  }

  private async leave(): Promise<void> {
    await this.options.onStop?.().catch(() => undefined);
    await this.consumer?.disconnect().catch(() => undefined);
  }

  private async run(): Promise<void> {
    while (!this.stopped.aborted) {
      try {
        await this.context.kafka.ensureTopics();
        const consumer = await this.context.kafka.consumer(this.options.group);
        this.consumer = consumer;
        if (!this.stopped.aborted) await this.consume(consumer);
      } catch (error) {
        this.failed(error);
      }
      this.pulse.stop();
      await this.consumer?.disconnect().catch(() => undefined);
      if (!this.stopped.aborted) await this.backoff.wait();
    }
  }

  /** Resolves when the consumer is stopped, rejects when it crashes. */
  private async consume(consumer: Consumer): Promise<void> {
    const ended = new Promise<void>((resolve, reject) => {
      consumer.on('consumer.crash', ({ payload }) => reject(payload.error));
      this.stopped.addEventListener('abort', () => resolve(), { once: true });
    });
    ended.catch(() => undefined);
    consumer.on('consumer.group_join', () => this.joined());
    consumer.on('consumer.heartbeat', () => this.alive());
    consumer.on('consumer.fetch', () => this.alive());
    await consumer.connect();
    await this.options.begin(consumer);
    await ended;
  }

  private joined(): void {
    this.options.onRebalance?.();
    this.pulse.start();
    this.alive();
  }

  private alive(): void {
    this.pulse.reset();
    if (this.failing) this.context.logger.log('Consuming events again', 'Events');
    this.failing = false;
    this.backoff.reset();
    this.context.check.ok();
    this.options.onAlive?.();
  }

  /** kafkajs is retrying; a ping of our own finds out why, unless it hangs, too. */
  private async silent(): Promise<void> {
    const quiet = new Error(`the consumer group has not answered for ${SILENCE_TIMEOUT_MS / 1000} s`);
    const pinged = this.context.kafka.ping().then(
      () => quiet,
      (error: unknown) => error,
    );
    const hangs = pause(SILENCE_TIMEOUT_MS, new Error(this.context.kafka.noAnswerReason()), { ref: false });
    this.failed(await Promise.race([pinged, hangs]));
  }

  private failed(error: unknown): void {
    const reason = this.context.kafka.describe(error);
    this.context.check.fail(reason);
    if (!this.failing && !this.stopped.aborted)
      this.context.logger.warn(`Not consuming events: ${reason}`, 'Events');
    this.failing = true;
    this.options.onFailure?.(reason);
  }
}
