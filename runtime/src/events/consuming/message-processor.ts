import type { Database } from '../../database/database.js';
import type { Logger } from '../../logs/logger.js';
import { currentRequest, runInContext } from '../../requests/request-context.js';
import { continueTrace } from '../../requests/trace-context.js';
import { decodeEvent, eventIdOf, headerOf, PoisonMessageError } from '../messages/cloud-event.js';
import { toDeadLetter } from './dead-letter.js';
import type { DeadLetterCause } from './dead-letter.js';
import type { ReceivedEvent } from '../messages/event-type.js';
import { replayGroupOf } from '../messages/replay-headers.js';
import { Inbox } from './inbox.js';
import type { LetterRegister } from './letter-register.js';
import type { BoundHandler } from './on-event.js';
import type { Counter } from '../../metrics/counter.js';
import type { Outbox } from '../outbox/outbox.js';
import { isOutage, isPermanent, decideRetry } from './retry-policy.js';
import type { RetryPolicy } from './retry-policy.js';
import type { ReceivedMessage } from '../messages/wire-message.js';

export interface ProcessorParts {
  readonly group: string;
  /** The version of the service, for its dead letters. */
  readonly version?: string | undefined;
  readonly database: Database;
  readonly outbox: Outbox;
  readonly letters: LetterRegister;
  readonly logger: Logger;
  readonly policy: RetryPolicy;
  /** By topic and outcome: handled, duplicate, ignored, dead-lettered. */
  readonly outcomes: Counter;
  /** Called with the reason while messages cannot be handled, and with undefined when they can again. */
  readonly onOutage: (reason: string | undefined) => void;
}

type Attempts = Pick<DeadLetterCause, 'error' | 'attempts'>;

/** Waits before the next attempt; rejects when there is none (shutdown, or the partition was reassigned). */
export type Pause = (milliseconds: number) => Promise<void>;

/**
 * Processes one message with its handlers. Before it resolves, one of two outcomes is committed in the database: the
 * effects of every handler, or a dead letter in the outbox. When it rejects, the message must be redelivered.
 */
export class MessageProcessor {
  private readonly inbox: Inbox;

  constructor(private readonly parts: ProcessorParts) {
    this.inbox = new Inbox(parts.database);
  }

  async process(message: ReceivedMessage, handlers: readonly BoundHandler[], pause: Pause): Promise<void> {
    const { group, outcomes } = this.parts;
    if ((replayGroupOf(message.headers) ?? group) !== group) return outcomes.add([message.topic, 'ignored']);
    const trace = continueTrace(headerOf(message, 'traceparent'));
    const context = { requestId: eventIdOf(message), trace };
    await runInContext(context, () => this.handle(message, handlers, pause));
  }

  /** Takes a record of a dead-letter topic of this group into account. */
  async register(message: ReceivedMessage, pause: Pause): Promise<void> {
    const { letters, logger } = this.parts;
    const failure = await this.attempt(() => letters.note(message), pause);
    const { topic, partition, offset } = message;
    if (failure)
      logger.warn(
        'Could not count a dead letter',
        { topic, partition, offset, err: failure.error },
        'Events',
      );
  }

  private async handle(
    message: ReceivedMessage,
    handlers: readonly BoundHandler[],
    pause: Pause,
  ): Promise<void> {
    const event = this.read(message, handlers[0]!);
    if (event instanceof PoisonMessageError)
      return this.deadLetter(message, { error: event, attempts: 1 }, pause);
    for (const handler of handlers) {
      const failure = await this.attempt(() => this.deliver(event, handler), pause);
      if (failure) await this.deadLetter(message, { ...failure, handler: handler.name }, pause);
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

  /** Retries until it succeeds, and resolves to undefined, or until it has failed for good. */
  private async attempt(work: () => Promise<unknown>, pause: Pause): Promise<Attempts | undefined> {
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

  /** The delay before the next attempt; undefined for none. */
  private failed(error: unknown, tally: { attempts: number; outages: number }): number | undefined {
    const { database, policy, logger, onOutage } = this.parts;
    const outage = isOutage(error, database.isTransient(error));
    if (outage) onOutage(error instanceof Error ? error.message : String(error));
    tally[outage ? 'outages' : 'attempts']++;
    const decision = decideRetry({ outage, permanent: isPermanent(error), ...tally }, policy);
    if ('deadLetter' in decision) return undefined;
    logger.warn('Could not handle an event', { ...tally, ...decision, err: error }, 'Events');
    return decision.retryIn;
  }

  private async deliver(event: ReceivedEvent<unknown>, handler: BoundHandler): Promise<void> {
    const outcome = await this.outcomeOf(event, handler);
    const { topic } = event;
    this.parts.outcomes.add([topic, outcome]);
    this.parts.logger.debug('Delivered an event', { topic, handler: handler.name, outcome }, 'Events');
  }

  private async outcomeOf(event: ReceivedEvent<unknown>, handler: BoundHandler): Promise<string> {
    if (handler.when?.(event.value) === false) return 'ignored';
    const { name } = handler;
    const isNew = await this.inbox.once({ name, id: event.id }, (tx) => handler.handle(event, tx));
    return isNew ? 'handled' : 'duplicate';
  }

  private async deadLetter(
    message: ReceivedMessage,
    cause: Pick<DeadLetterCause, 'error' | 'attempts' | 'handler'>,
    pause: Pause,
  ): Promise<void> {
    const { outbox, logger, group, version } = this.parts;
    const letter = toDeadLetter(message, {
      ...cause,
      group,
      version,
      time: new Date(),
      trace: currentRequest()?.trace.traceId,
    });
    const { topic, partition, offset } = message;
    const firstLetter = headerOf(letter, 'error-first-letter');
    const source = {
      topic,
      partition,
      offset,
      deadLetterTopic: letter.topic,
      ...(firstLetter && { firstLetter }),
    };
    const text = firstLetter ? 'Gave up on a replayed event again' : 'Gave up on an event';
    logger.error(text, { ...source, err: cause.error }, 'Events');
    // A redelivered message leaves no second letter. The letter's own name keeps its replay from being dropped as a duplicate.
    const place = { name: `dead-letter ${cause.handler ?? ''}`, id: `${topic}/${partition}/${offset}` };
    const store = (): Promise<boolean> => this.inbox.once(place, (tx) => outbox.addMessage(tx, letter));
    const failure = await this.attempt(store, pause);
    if (failure) throw failure.error;
    this.parts.outcomes.add([topic, 'dead-lettered']);
  }
}
