import type { EachBatchPayload } from 'kafkajs';
import { keepAlive } from './keep-alive.js';
import type { MessageProcessor, Pause } from './message-processor.js';
import type { BoundHandler } from './on-event.js';
import { toReceived } from './to-received.js';

export interface BatchHandlerParts {
  readonly processor: MessageProcessor;
  readonly handlers: readonly BoundHandler[];
  /** Aborted when no further message is to be begun. */
  readonly stopped: AbortSignal;
}

/** Longest pause between two heartbeats while a message waits for its next attempt, in milliseconds. */
const BEAT = 500;

/** Takes what kafkajs fetched from one partition, message by message; each that is through is committed as such. */
export class BatchHandler {
  private readonly byTopic = new Map<string, BoundHandler[]>();

  constructor(private readonly parts: BatchHandlerParts) {
    for (const handler of parts.handlers) {
      const { topic } = handler.type;
      this.byTopic.set(topic, [...(this.byTopic.get(topic) ?? []), handler]);
    }
  }

  get topics(): string[] {
    return [...this.byTopic.keys()];
  }

  async handle(payload: EachBatchPayload): Promise<void> {
    const { batch, heartbeat, resolveOffset, commitOffsetsIfNecessary, isRunning, isStale } = payload;
    const goesOn = (): boolean => isRunning() && !isStale() && !this.parts.stopped.aborted;
    const pause: Pause = (milliseconds) => waitBeating(milliseconds, heartbeat, goesOn);
    const handlers = this.byTopic.get(batch.topic)!;
    for (const message of batch.messages) {
      if (!goesOn()) return;
      const received = toReceived(batch, message);
      await keepAlive(heartbeat, () => this.parts.processor.process(received, handlers, pause));
      resolveOffset(message.offset);
      await heartbeat();
      await commitOffsetsIfNecessary();
    }
  }
}

async function waitBeating(
  milliseconds: number,
  beat: () => Promise<void>,
  goesOn: () => boolean,
): Promise<void> {
  for (let left = milliseconds; left > 0; left -= BEAT) {
    await new Promise((resolve) => setTimeout(resolve, Math.min(left, BEAT)));
    if (!goesOn()) throw new Error('No longer consuming this partition');
    await beat();
  }
}
