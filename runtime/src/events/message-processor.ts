import type { Database } from '../database/database.js';
import type { Logger } from '../logs/logger.js';
import { runInContext } from '../logs/request-context.js';
import { continueTrace } from '../logs/trace-context.js';
import { decodeEvent, PoisonMessageError } from './cloud-event.js';
import { toDeadLetter } from './dead-letter.js';
import type { Death } from './dead-letter.js';
import type { ReceivedEvent } from './event-type.js';
import { Inbox } from './inbox.js';
import type { BoundHandler } from './on-event.js';
import type { Counter } from '../metrics/counter.js';
import type { Outbox } from './outbox.js';
import { isOutage, judge } from './verdict.js';
import type { RetryPolicy } from './verdict.js';
import type { ReceivedMessage } from './wire-message.js';

export interface ProcessorParts {
  readonly group: string;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly logger: Logger;
  readonly policy: RetryPolicy;
  /** By topic and outcome: handled, duplicate, dead-lettered. */
  readonly outcomes: Counter;
  /** Told why messages cannot be handled for now, and undefined when they can again. */
  readonly onOutage: (reason: string | undefined) => void;
}

type Attempts = Pick<Death, 'error' | 'attempts'>;

/** Waits before the next attempt; rejects when there is to be none (shutdown, or the partition is someone else's). */
export type Pause = (milliseconds: number) => Promise<void>;

/**
 * Takes one message through its handlers, to one of two ends that are both committed in the database before it
 * resolves: every handler's effect, or a dead letter in the outbox. When it rejects, the message is to come again.
 */
export class MessageProcessor {
  private readonly inbox: Inbox;

  constructor(private readonly parts: ProcessorParts) {
    this.inbox = new Inbox(parts.database);
  }

  async process(message: ReceivedMessage, handlers: readonly BoundHandler[], pause: Pause): Promise<void> {
    const event = this.read(message, handlers[0]!);
    if (event instanceof PoisonMessageError) return this.bury(message, { error: event, attempts: 1 }, pause);
    for (const handler of handlers) {
      const failure = await this.attempt(() => this.deliver(event, handler), pause);
      if (failure) await this.bury(message, { ...failure, handler: handler.name }, pause);
    }
  }

  private read(
    message: ReceivedMessage,
    { type }: BoundHandler,
  ): ReceivedEvent<unknown> | PoisonMessageError {
    try {
      return decodeEvent(type, message);
    } catch (error) {
      if (error instanceof PoisonMessageError) return error;
      throw error;
    }
  }

  /** Tries until it succeeds, which is undefined, or has failed for good. */
  private async attempt(work: () => Promise<void>, pause: Pause): Promise<Attempts | undefined> {
    const tally = { attempts: 0, outages: 0 };
    for (;;) {
      try {
        await work();
        if (tally.outages) this.parts.onOutage(undefined);
        return undefined;
      } catch (error) {
        const retryIn = this.failed(error, tally);
        if (retryIn === undefined) return { error, attempts: tally.attempts };
        await pause(retryIn);
      }
    }
  }

  /** When to try again; undefined for never. */
  private failed(error: unknown, tally: { attempts: number; outages: number }): number | undefined {
    const { database, policy, logger, onOutage } = this.parts;
    const outage = isOutage(error, database.isTransient(error));
    if (outage) onOutage(error instanceof Error ? error.message : String(error));
    tally[outage ? 'outages' : 'attempts']++;
    const verdict = judge({ outage, ...tally }, policy);
    if ('deadLetter' in verdict) return undefined;
    logger.warn('Could not handle an event', { ...tally, ...verdict, err: error }, 'Events');
    return verdict.retryIn;
  }

  private async deliver(event: ReceivedEvent<unknown>, handler: BoundHandler): Promise<void> {
    const context = { requestId: event.id, trace: continueTrace(event.traceparent) };
    await runInContext(context, async () => {
      const duplicate = !(await this.inbox.once(handler, event));
      const { topic } = event;
      this.parts.outcomes.add([topic, duplicate ? 'duplicate' : 'handled']);
      this.parts.logger.debug('Handled an event', { topic, handler: handler.name, duplicate }, 'Events');
    });
  }

  private async bury(message: ReceivedMessage, death: Omit<Death, 'group'>, pause: Pause): Promise<void> {
    const { database, outbox, logger } = this.parts;
    const letter = toDeadLetter(message, { ...death, group: this.parts.group });
    const { topic, partition, offset } = message;
    const place = { topic, partition, offset, deadLetterTopic: letter.topic };
    logger.error('Gave up on an event', { ...place, err: death.error }, 'Events');
    const store = (): Promise<void> => database.transaction((tx) => outbox.addMessage(tx, letter));
    const failure = await this.attempt(store, pause);
    if (failure) throw failure.error;
    this.parts.outcomes.add([topic, 'dead-lettered']);
  }
}
