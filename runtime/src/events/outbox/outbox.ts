import { randomUUID } from 'node:crypto';
import type { EntityManager } from 'typeorm';
import type { Database } from '../../database/database.js';
import { currentRequest } from '../../requests/request-context.js';
import { toTraceparent } from '../../requests/trace-context.js';
import { encodeEvent } from '../messages/cloud-event.js';
import { excessOf } from '../messages/message-limits.js';
import type { AnyEventType, EventType } from '../messages/event-type.js';
import { insertOutboxRow } from './outbox-table.js';
import type { WireMessage } from '../messages/wire-message.js';

export interface OutgoingEvent<T> {
  /** Copies of an event that is published again have the same id, and inboxes drop them (default: a new one). */
  readonly id?: string;
  /** The aggregate's id: events with the same key are published in the order in which they were committed. */
  readonly key: string;
  readonly value: T;
}

/** The transactional outbox: an event is committed together with the change that caused it, or not at all. */
export class Outbox {
  private readonly topics: ReadonlySet<string>;
  private wakeRelay: () => void = () => undefined;

  constructor(
    private readonly database: Database,
    private readonly service: string,
    publishes: readonly AnyEventType[],
  ) {
    this.topics = new Set(publishes.map(({ topic }) => topic));
  }

  /**
   * Adds an event to the transaction of `tx`; it is published soon after the commit, at least once.
   * @throws Error when `tx` is not a transaction, the event is not among `publishes`, or its key or value is too large
   */
  async add<T>(
    tx: EntityManager,
    event: EventType<T>,
    { id = randomUUID(), key, value }: OutgoingEvent<T>,
  ): Promise<void> {
    if (!this.topics.has(event.topic))
      throw new Error(`${event.topic} is not among the events this service publishes`);
    const request = currentRequest();
    const traceparent = request && toTraceparent(request.trace);
    const message = encodeEvent(event, {
      id,
      key,
      source: this.service,
      time: new Date(),
      value,
      traceparent,
    });
    const excess = excessOf(message);
    if (excess) throw new Error(`An event on ${event.topic} is too large: ${excess}`);
    await this.addMessage(tx, message);
  }

  /** Adds any message, such as a dead letter. */
  async addMessage(tx: EntityManager, message: WireMessage): Promise<void> {
    this.database.afterCommit(tx, () => this.wakeRelay());
    await insertOutboxRow(tx, this.database.driver, message);
  }

  onCommitted(wakeRelay: () => void): void {
    this.wakeRelay = wakeRelay;
  }
}
