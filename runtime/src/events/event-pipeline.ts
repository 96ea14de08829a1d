import type { Database } from '../database/database.js';
import type { Check } from '../health/health.js';
import type { ServiceContext } from '../context/service-context.js';
import { EventConsumer } from './consuming/event-consumer.js';
import {
  countOutcomes,
  countRebalances,
  measureLag,
  measureOutbox,
  measurePublishing,
} from './event-metrics.js';
import type { AnyEventType } from './messages/event-type.js';
import { Inbox, inboxRetention } from './consuming/inbox.js';
import { DEFAULT_PARTITIONS, KafkaConnection } from './kafka/kafka-connection.js';
import { MessageProcessor } from './consuming/message-processor.js';
import type { BoundHandler } from './consuming/on-event.js';
import { LetterRegister } from './consuming/letter-register.js';
import { deadLetterTopics, pruneLetters, showLetters } from './letter-watch.js';
import { serviceVersion } from './consuming/service-version.js';
import { OutboxRelay } from './outbox/outbox-relay.js';
import type { Outbox } from './outbox/outbox.js';
import type { RetryPolicy } from './consuming/retry-policy.js';

export interface PipelineParts {
  readonly database: Database;
  readonly context: ServiceContext;
  readonly outbox: Outbox;
  readonly publishes: readonly AnyEventType[];
  readonly consumes: boolean;
  readonly policy: RetryPolicy;
}

const PRUNE_INTERVAL_MS = 60 * 60 * 1000;

/** The event publishing and consuming of one service. */
export class EventPipeline {
  private kafka: KafkaConnection | undefined;
  private relay: OutboxRelay | undefined;
  private consumer: EventConsumer | undefined;
  private pruning: NodeJS.Timeout | undefined;
  private letterTopics: readonly string[] = [];
  private readonly letters: LetterRegister;

  constructor(private readonly parts: PipelineParts) {
    this.letters = new LetterRegister(parts.database);
  }

  /** Sets up the relay, and the consumer for these handlers. */
  connect(handlers: readonly BoundHandler[]): void {
    const { consumes, context, database, outbox } = this.parts;
    if (consumes !== handlers.length > 0) {
      throw new Error(
        `EventsModule says consumes: ${consumes}, but there are ${handlers.length} @OnEvent handlers`,
      );
    }
    const { name, logger, health, config, metrics } = context;
    const development = config.environment !== 'production';
    const topics = [...new Set(handlers.map(({ type }) => type.topic))];
    this.letterTopics = deadLetterTopics(topics, name);
    const kafka = new KafkaConnection({
      service: name,
      brokers: config.brokers,
      security: config.kafkaSecurity,
      development,
      topics: this.topics(handlers),
      logger,
    });
    this.kafka = kafka;
    const outboxContext = kafka.contextFor(health.check('outbox', 'kafka'));
    const relay = new OutboxRelay(database, outboxContext, measurePublishing(metrics));
    this.relay = relay;
    measureOutbox(metrics, relay);
    outbox.onCommitted(() => relay.wake());
    if (consumes) this.consume(handlers, topics);
  }

  start(): void {
    this.relay?.start();
    this.consumer?.start();
  }

  async stopConsuming(): Promise<void> {
    clearInterval(this.pruning);
    await this.consumer?.stop();
  }

  async stopPublishing(): Promise<void> {
    await this.relay?.stop();
    await this.kafka?.close();
  }

  private consume(handlers: readonly BoundHandler[], topics: readonly string[]): void {
    const { context } = this.parts;
    const { name, health, metrics } = context;
    const countRebalance = countRebalances(metrics);
    const consumerContext = this.kafka!.contextFor(health.check('consumer', 'kafka'));
    this.consumer = new EventConsumer(consumerContext, {
      group: name,
      processor: this.processor(),
      handlers,
      deadLetterTopics: this.letterTopics,
      onRebalance: () => {
        countRebalance();
        this.prunePeriodically([...topics, ...this.letterTopics]);
      },
    });
    measureLag(metrics, consumerContext, { group: name, topics });
    showLetters(context, this.letters);
  }

  private processor(): MessageProcessor {
    const { context, database, outbox, policy } = this.parts;
    const handling: Check = context.health.check('handlers');
    handling.ok();
    const onOutage = (reason: string | undefined): void => (reason ? handling.fail(reason) : handling.ok());
    return new MessageProcessor({
      group: context.name,
      version: serviceVersion(context.name),
      database,
      outbox,
      letters: this.letters,
      policy,
      onOutage,
      logger: context.logger,
      outcomes: countOutcomes(context.metrics),
    });
  }

  private topics(handlers: readonly BoundHandler[]): Map<string, number> {
    const consumed = handlers.map(({ type }) => type.topic);
    const plain = [...this.parts.publishes.map(({ topic }) => topic), ...consumed];
    return new Map([
      ...plain.map((topic) => [topic, DEFAULT_PARTITIONS] as const),
      ...this.letterTopics.map((topic) => [topic, 1] as const),
      ...this.parts.context.config.topics,
    ]);
  }

  /** Begins with the first assignment of partitions: then Kafka answers, and all topics exist. */
  private prunePeriodically(topics: readonly string[]): void {
    const { database, context } = this.parts;
    const kafka = this.kafka!;
    const inbox = new Inbox(database);
    const prune = async (): Promise<void> => {
      await pruneLetters(this.letters, kafka, this.letterTopics);
      try {
        await inbox.prune(inboxRetention(await kafka.longestStay(topics)));
      } catch (error) {
        context.logger.warn('Could not prune the inbox', error);
      }
    };
    if (this.pruning) return;
    this.pruning = setInterval(() => void prune(), PRUNE_INTERVAL_MS);
    void prune();
  }
}
