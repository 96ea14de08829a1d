import type { EventType } from '@msx/runtime';

/** What subscriptions tell of; `follows` of msx.yaml says the same. */
export const followedEvents: EventType<unknown>[] = [];
