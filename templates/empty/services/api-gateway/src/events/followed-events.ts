import type { EventType } from '@msx/runtime';

/** The events that subscriptions publish; must match `follows` in msx.yaml. */
export const followedEvents: EventType<unknown>[] = [];
