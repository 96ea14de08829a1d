import type { Consumer } from 'kafkajs';
import type { Check } from '../health/health.js';
import type { Logger } from '../logs/logger.js';
import { Backoff } from '../retry/backoff.js';
import type { KafkaConnection } from './kafka-connection.js';
import { Pulse } from './pulse.js';

export interface PatientConsumerParts {
  readonly kafka: KafkaConnection;
  readonly check: Check;
  readonly logger: Logger;
  readonly longestBackoff: number;
  /** The consumer group. */
  readonly group: string;
  /** Subscribes a new consumer and sets it going. */
  readonly begin: (consumer: Consumer) => Promise<void>;
  /** Told why Kafka cannot be read for now, again and again while it cannot. */
  readonly onFailure?: (reason: string) => void;
  /** Told at each sign of life. */
  readonly onAlive?: () => void;
}

/** Heartbeats and fetches come every second or so; after so many milliseconds without any, something is wrong. */
const SILENCE = 3000;

/** How long the messages in hand may take to finish when the service stops, in milliseconds. */
const STOP = 2000;

/**
 * A member of a consumer group. kafkajs gives up on a broker that stays away; this begins again, as a new consumer, for as
 * long as it takes.
 */
export class PatientConsumer {
  private readonly backoff: Backoff;
  private readonly stopping = new AbortController();
  private readonly pulse = new Pulse(SILENCE, () => void this.silent());
  private consumer: Consumer | undefined;
  private failing = false;
  private running: Promise<void> = Promise.resolve();

  constructor(private readonly parts: PatientConsumerParts) {
    this.backoff = new Backoff(100, parts.longestBackoff);
  }

  /** Aborted when the service stops. */
  get stopped(): AbortSignal {
    return this.stopping.signal;
  }

  start(): void {
    this.running = this.run();
  }

  /** Finishes the messages in hand, commits, and leaves the group, so that others need not wait for a timeout. */
  async stop(): Promise<void> {
    this.stopping.abort();
    this.backoff.wake();
    this.pulse.stop();
    const left = Promise.all([this.consumer?.disconnect().catch(() => undefined), this.running]);
    await Promise.race([left, new Promise((resolve) => setTimeout(resolve, STOP).unref())]);
  }

  private async run(): Promise<void> {
    while (!this.stopped.aborted) {
      try {
        await this.parts.kafka.ensureTopics();
        const consumer = await this.parts.kafka.consumer(this.parts.group);
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

  /** Resolves when the consumer was told to stop, rejects when it crashed. */
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
    await this.parts.begin(consumer);
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
    this.parts.onAlive?.();
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
    if (!this.failing && !this.stopped.aborted)
      this.parts.logger.warn(`Not consuming events: ${reason}`, 'Events');
    this.failing = true;
    this.parts.onFailure?.(reason);
  }
}
