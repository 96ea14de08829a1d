import { AsyncLocalStorage } from 'node:async_hooks';
import { randomUUID } from 'node:crypto';
import type { Consumer, EachMessagePayload } from 'kafkajs';
import { DomainError } from '../../errors/domain-error.js';
import { decodeEvent, PoisonMessageError } from '../messages/cloud-event.js';
import type { AnyEventType, EventType, ReceivedEvent } from '../messages/event-type.js';
import type { KafkaContext } from '../kafka/kafka-connection.js';
import { ReconnectingConsumer } from '../kafka/reconnecting-consumer.js';
import type { Positions } from '../kafka/positions.js';
import { replayGroupOf } from '../messages/replay-headers.js';
import { toReceived } from '../messages/to-received.js';

export interface FeedOptions {
  readonly events: readonly AnyEventType[];
  readonly service: string;
}

/** Called with each event while it listens; must not throw, and must return quickly. */
export type Listener<T> = (event: ReceivedEvent<T>) => void;

interface PendingListener {
  resolve(): void;
  reject(error: Error): void;
}

/**
 * Live events for the current listeners. Every process receives all of them, in its own consumer group, which is
 * deleted when the process stops; no offsets are committed, and earlier events are not received. It connects to Kafka
 * when the first listener is added.
 */
export class EventFeed {
  private readonly listeners = new Map<string, Set<Listener<never>>>();
  private readonly types: ReadonlyMap<string, AnyEventType>;
  private readonly member: ReconnectingConsumer;
  private readonly group: string;
  /** Consuming must not run in the request context of the first listener, nor with its identity. */
  private readonly outsideRequests = AsyncLocalStorage.snapshot();
  private pending: PendingListener[] = [];
  private positions: Positions | undefined;
  private failure: string | undefined;
  private started = false;

  constructor(
    private readonly context: KafkaContext,
    { events, service }: FeedOptions,
  ) {
    this.types = new Map(events.map((type) => [type.topic, type]));
    this.group = `${service}.${randomUUID()}`;
    this.member = new ReconnectingConsumer(context, {
      group: this.group,
      begin: (consumer) => this.begin(consumer),
      onAlive: () => (this.failure = undefined),
      onFailure: (reason) => this.failed(reason),
    });
    context.check.ok();
  }

  /**
   * Listens to all events published after the call; once it resolves, none of them is missed, not even during an outage
   * of Kafka. Resolves to a function that stops listening.
   * @throws DomainError EVENTS_UNAVAILABLE while Kafka does not answer
   */
  async listen<T>(type: EventType<T>, listener: Listener<T>): Promise<() => void> {
    await this.ready();
    const listeners = this.listeners.get(type.topic) ?? new Set();
    this.listeners.set(type.topic, listeners.add(listener));
    return () => void listeners.delete(listener);
  }

  /** The number of listeners. */
  get size(): number {
    return [...this.listeners.values()].reduce((sum, { size }) => sum + size, 0);
  }

  /** Stops consuming, and deletes the consumer group. */
  async stop(): Promise<void> {
    if (!this.started) return;
    const reachable = this.positions !== undefined && this.failure === undefined;
    await this.member.stop();
    this.failed('the service is stopping');
    if (reachable) await this.context.kafka.deleteGroup(this.group);
    await this.context.kafka.close();
  }

  private ready(): Promise<void> {
    if (!this.started) this.outsideRequests(() => this.member.start());
    this.started = true;
    if (this.failure !== undefined) return Promise.reject(unavailable(this.failure));
    if (this.positions) return Promise.resolve();
    return new Promise((resolve, reject) => this.pending.push({ resolve, reject }));
  }

  /** Joining a group takes seconds; events published in the meantime are read from the end offsets recorded before. */
  private async begin(consumer: Consumer): Promise<void> {
    const topics = [...this.types.keys()];
    this.positions ??= await this.context.kafka.endOffsets(topics);
    const { positions } = this;
    for (const { resolve } of this.pending.splice(0)) resolve();
    consumer.on('consumer.group_join', () => {
      for (const position of positions) consumer.seek(position);
    });
    await consumer.subscribe({ topics, fromBeginning: false });
    await consumer.run({ autoCommit: false, eachMessage: async (message) => this.receive(message) });
  }

  private receive({ topic, partition, message }: EachMessagePayload): void {
    this.positions!.advance(topic, partition, message.offset);
    const listeners = this.listeners.get(topic);
    if (!listeners?.size) return;
    const received = toReceived({ topic, partition }, message);
    // Listeners have had the event; a replay is for a group that failed to handle it.
    if (replayGroupOf(received.headers) !== undefined) return;
    try {
      const event = decodeEvent(this.types.get(topic)!, received);
      for (const listener of listeners) listener(event as never);
    } catch (error) {
      if (!(error instanceof PoisonMessageError)) throw error;
      this.context.logger.debug(
        'Skipped a message that cannot be parsed',
        { topic, partition, offset: message.offset },
        'Events',
      );
    }
  }

  private failed(reason: string): void {
    this.failure = reason;
    for (const { reject } of this.pending.splice(0)) reject(unavailable(reason));
  }
}

function unavailable(reason: string): DomainError {
  return new DomainError('EVENTS_UNAVAILABLE', `events cannot be followed right now: ${reason}`, {
    kind: 'unavailable',
  });
}
