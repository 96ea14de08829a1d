import type { EachBatchPayload } from 'kafkajs';
import { keepAlive } from './keep-alive.js';
import type { MessageProcessor, Pause } from './message-processor.js';
import type { BoundHandler } from './on-event.js';
import { toReceived } from '../messages/to-received.js';
import type { ReceivedMessage } from '../messages/wire-message.js';

export interface BatchHandlerParts {
  readonly processor: MessageProcessor;
  readonly handlers: readonly BoundHandler[];
  /** The dead-letter topics of the group. */
  readonly deadLetterTopics: readonly string[];
  /** Aborted when no further message may be started. */
  readonly stopped: AbortSignal;
}

/** The longest pause between two heartbeats while a message waits for its next attempt. */
const HEARTBEAT_INTERVAL_MS = 500;

type Offsets = Pick<EachBatchPayload, 'commitOffsetsIfNecessary' | 'uncommittedOffsets'>;

/**
 * Handles a batch that kafkajs fetched from one partition, message by message. Offsets are committed about every second, and when
 * the service stops: a message that is delivered again is found in the inbox, so a request for each would only delay the next.
 */
export class BatchHandler {
  private readonly byTopic = new Map<string, BoundHandler[]>();
  /** Those of the last batch, which are those of the consumer. */
  private offsets: Offsets | undefined;

  constructor(private readonly parts: BatchHandlerParts) {
    for (const handler of parts.handlers) {
      const { topic } = handler.type;
      this.byTopic.set(topic, [...(this.byTopic.get(topic) ?? []), handler]);
    }
  }

  get topics(): string[] {
    return [...this.byTopic.keys(), ...this.parts.deadLetterTopics];
  }

  /** Commits what is handled, if about a second has passed since the last time; a failure is made up for by the next. */
  async commitIfDue(): Promise<void> {
    await this.offsets?.commitOffsetsIfNecessary().catch(() => undefined);
  }

  async commitAll(): Promise<void> {
    const { offsets } = this;
    if (!offsets) return;
    const uncommitted = offsets.uncommittedOffsets();
    if (uncommitted.topics.length > 0) await offsets.commitOffsetsIfNecessary(uncommitted);
  }

  async handle(payload: EachBatchPayload): Promise<void> {
    this.offsets = payload;
    await this.handleAll(payload);
    if (this.parts.stopped.aborted) await this.commitAll();
  }

  private async handleAll(payload: EachBatchPayload): Promise<void> {
    const { batch, heartbeat, resolveOffset, commitOffsetsIfNecessary, isRunning, isStale } = payload;
    const shouldContinue = (): boolean => isRunning() && !isStale() && !this.parts.stopped.aborted;
    const pause: Pause = (milliseconds) => waitWithHeartbeats(milliseconds, heartbeat, shouldContinue);
    for (const message of batch.messages) {
      if (!shouldContinue()) return;
      const received = toReceived(batch, message);
      await keepAlive(heartbeat, () => this.work(received, pause));
      resolveOffset(message.offset);
      await heartbeat();
      await commitOffsetsIfNecessary();
    }
  }

  private work(message: ReceivedMessage, pause: Pause): Promise<void> {
    const { processor } = this.parts;
    const handlers = this.byTopic.get(message.topic);
    return handlers ? processor.process(message, handlers, pause) : processor.register(message, pause);
  }
}

async function waitWithHeartbeats(
  milliseconds: number,
  beat: () => Promise<void>,
  shouldContinue: () => boolean,
): Promise<void> {
  for (let left = milliseconds; left > 0; left -= HEARTBEAT_INTERVAL_MS) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, HEARTBEAT_INTERVAL_MS)));
    if (!shouldContinue()) throw new Error('No longer consuming this partition');
    await beat();
  }
}
