// #file event
import { defineEvent } from '@msx/runtime';
import type { Outbox } from '@msx/runtime';
import type { EntityManager } from 'typeorm';
import { GardenGnomeWoken } from '../gen/garden_gnome_events.js';

export const gardenGnomeWoken = defineEvent('garden-gnome.woken', GardenGnomeWoken);

/** Publishes the event if and when the transaction of `tx` commits. */
export async function publishGardenGnomeWoken(
  outbox: Outbox,
  tx: EntityManager,
  event: GardenGnomeWoken,
): Promise<void> {
  await outbox.add(tx, gardenGnomeWoken, { key: event.ownerId, value: event });
}
