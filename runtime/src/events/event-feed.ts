import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Consumer, EachMessagePayload } from 'kafkajs';
import { DomainError } from '../errors/domain-error.js';
import type { Check } from '../health/health.js';
import type { Logger } from '../logs/logger.js';
import { decodeEvent, PoisonMessageError } from './cloud-event.js';
import type { AnyEventType, EventType, ReceivedEvent } from './event-type.js';
import type { KafkaConnection } from './kafka-connection.js';
import { PatientConsumer } from './patient-consumer.js';
import type { Positions } from './positions.js';
import { toReceived } from './to-received.js';

export interface FeedParts {
  readonly kafka: KafkaConnection;
  readonly events: readonly AnyEventType[];
  readonly check: Check;
  readonly logger: Logger;
  readonly service: string;
  readonly longestBackoff: number;
}

/** Is called with each event while it listens; must not throw, nor take its time. */
export type Listener<T> = (event: ReceivedEvent<T>) => void;

interface Waiting {
  resolve(): void;
  reject(error: Error): void;
}

/**
 * Events as they happen, for whoever listens at the moment. Every process hears all of them, in a consumer group of its
 * own that ends with it; nothing is committed, and nothing that happened before is heard. Kafka is first asked for anything
 * when somebody listens.
 */
export class EventFeed {
  private readonly listeners = new Map<string, Set<Listener<never>>>();
  private readonly types: ReadonlyMap<string, AnyEventType>;
  private readonly member: PatientConsumer;
  private readonly group: string;
  /** Kafka is not read on behalf of whoever listened first: not under its request, nor with its rights. */
  private readonly onNobodysBehalf = AsyncLocalStorage.snapshot();
  private waiting: Waiting[] = [];
  private positions: Positions | undefined;
  private failure: string | undefined;
  private started = false;

  constructor(private readonly parts: FeedParts) {
    this.types = new Map(parts.events.map((type) => [type.topic, type]));
    this.group = `${parts.service}.${randomUUID()}`;
    this.member = new PatientConsumer({
      ...parts,
      group: this.group,
      begin: (consumer) => this.begin(consumer),
      onAlive: () => (this.failure = undefined),
      onFailure: (reason) => this.failed(reason),
    });
    parts.check.ok();
  }

  /**
   * Listens to what happens from the call on; once it resolves, none of that is missed, not even while Kafka is away for a
   * time. To be stopped by calling what it resolves to.
   * @throws DomainError EVENTS_UNAVAILABLE while Kafka does not answer
   */
  async listen<T>(type: EventType<T>, listener: Listener<T>): Promise<() => void> {
    await this.opened();
    const listeners = this.listeners.get(type.topic) ?? new Set();
    this.listeners.set(type.topic, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** Leaves no group behind, where there is one. */
  async stop(): Promise<void> {
    if (!this.started) return;
    const reachable = this.positions !== undefined && this.failure === undefined;
    await this.member.stop();
    this.failed('the service is stopping');
    if (reachable) await this.parts.kafka.forgetGroup(this.group);
    await this.parts.kafka.close();
  }

  private opened(): Promise<void> {
    if (!this.started) this.onNobodysBehalf(() => this.member.start());
    this.started = true;
    if (this.failure !== undefined) return Promise.reject(unavailable(this.failure));
    if (this.positions) return Promise.resolve();
    return new Promise((resolve, reject) => this.waiting.push({ resolve, reject }));
  }

  /** Joining a group takes seconds; what happens meanwhile is read then, from where the topics ended before. */
  private async begin(consumer: Consumer): Promise<void> {
    const topics = [...this.types.keys()];
    this.positions ??= await this.parts.kafka.ends(topics);
    const { positions } = this;
    for (const { resolve } of this.waiting.splice(0)) resolve();
    consumer.on('consumer.group_join', () => {
      for (const position of positions) consumer.seek(position);
    });
    await consumer.subscribe({ topics, fromBeginning: false });
    await consumer.run({ autoCommit: false, eachMessage: async (message) => this.hear(message) });
  }

  private hear({ topic, partition, message }: EachMessagePayload): void {
    this.positions!.passed(topic, partition, message.offset);
    const listeners = this.listeners.get(topic);
    if (!listeners?.size) return;
    try {
      const event = decodeEvent(this.types.get(topic)!, toReceived({ topic, partition }, message));
      for (const listener of listeners) listener(event as never);
    } catch (error) {
      if (!(error instanceof PoisonMessageError)) throw error;
      this.parts.logger.debug(
        'Passed over a message',
        { topic, partition, offset: message.offset },
        'Events',
      );
    }
  }

  private failed(reason: string): void {
    this.failure = reason;
    for (const { reject } of this.waiting.splice(0)) reject(unavailable(reason));
  }
}

function unavailable(reason: string): DomainError {
  return new DomainError('EVENTS_UNAVAILABLE', `events cannot be followed right now: ${reason}`, {
    kind: 'unavailable',
  });
}
