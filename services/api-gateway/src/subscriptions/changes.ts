import { EventFeed } from '@msx/runtime';
import type { EventType } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import { EventQueue } from './event-queue.js';

/** Events as subscriptions take them. */
@Injectable()
export class Changes {
  constructor(private readonly feed: EventFeed) {}

  /**
   * The events from now on that are of interest.
   * @throws DomainError EVENTS_UNAVAILABLE
   */
  async follow<T>(type: EventType<T>, interests: (event: T) => boolean): Promise<EventQueue<T>> {
    const queue = new EventQueue<T>();
    const stop = await this.feed.listen(type, ({ value }) => {
      if (interests(value)) queue.push(value);
    });
    queue.onEnd(stop);
    return queue;
  }
}
