import { EventFeed } from '@msx/runtime';
import type { EventType } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { EventQueue } from './event-queue.js';

/** The events for subscriptions. */
@Injectable()
export class Changes {
  constructor(private readonly feed: EventFeed) {}

  /**
   * Future events that match.
   * @throws DomainError EVENTS_UNAVAILABLE
   */
  async follow<T>(type: EventType<T>, matches: (event: T) => boolean): Promise<EventQueue<T>> {
    const queue = new EventQueue<T>();
    const stop = await this.feed.listen(type, ({ value }) => {
      if (matches(value)) queue.push(value);
    });
    queue.onEnd(stop);
    return queue;
  }
}
