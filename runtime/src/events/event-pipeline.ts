import type { Database } from '../database/database.js';
import type { Check } from '../health/health.js';
import type { ServiceContext } from '../context/service-context.js';
import { EventConsumer } from './consuming/event-consumer.js';
import type { AnyEventType } from './messages/event-type.js';
import { Inbox } from './consuming/inbox.js';
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

const BACKLOG = {
  name: 'outbox_messages',
  help: 'Number of committed messages that are not yet published.',
  labels: [],
};

const REFUSED = {
  name: 'outbox_refused_messages',
  help: 'Number of messages that Kafka refused for good, and that are in the table outbox_refused.',
  labels: [],
};

const OUTCOMES = {
  name: 'events_consumed_total',
  help: 'Number of consumed events by outcome: handled, duplicate, ignored or dead-lettered.',
  labels: ['topic', 'outcome'],
};

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
    const { name, logger, health, config } = context;
    const development = config.environment !== 'production';
    this.letterTopics = deadLetterTopics(
      handlers.map(({ type }) => type.topic),
      name,
    );
    const kafka = new KafkaConnection({
      service: name,
      brokers: config.brokers,
      security: config.kafkaSecurity,
      development,
      topics: this.topics(handlers),
      logger,
    });
    this.kafka = kafka;
    const relay = new OutboxRelay(database, kafka.contextFor(health.check('outbox', 'kafka')));
    this.relay = relay;
    context.metrics.gauge(BACKLOG, async () => [{ labels: {}, value: await relay.backlog() }]);
    context.metrics.gauge(REFUSED, async () => [{ labels: {}, value: await relay.refused() }]);
    outbox.onCommitted(() => relay.wake());
    if (!consumes) return;
    this.consumer = new EventConsumer(kafka.contextFor(health.check('consumer', 'kafka')), {
      group: name,
      processor: this.processor(),
      handlers,
      deadLetterTopics: this.letterTopics,
    });
    showLetters(context, this.letters);
  }

  start(): void {
    this.relay?.start();
    this.consumer?.start();
    if (this.consumer) this.prunePeriodically();
  }

  async stopConsuming(): Promise<void> {
    clearInterval(this.pruning);
    await this.consumer?.stop();
  }

  async stopPublishing(): Promise<void> {
    await this.relay?.stop();
    await this.kafka?.close();
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
      outcomes: context.metrics.counter(OUTCOMES),
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

  private prunePeriodically(): void {
    const { database, context } = this.parts;
    const inbox = new Inbox(database);
    const prune = (): void => {
      void inbox.prune().catch((error: unknown) => context.logger.warn('Could not prune the inbox', error));
      void pruneLetters(this.letters, this.kafka!, this.letterTopics);
    };
    prune();
    this.pruning = setInterval(prune, PRUNE_INTERVAL_MS);
  }
}
