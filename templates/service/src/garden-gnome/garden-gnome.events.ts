import { defineEvent, Outbox } from '@msx/runtime';
import { Injectable } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { GardenGnomeCreated, GardenGnomeDeleted, GardenGnomeUpdated } from '../gen/garden_gnome_events.js';
import type { GardenGnome } from './garden-gnome.entity.js';
import { toMessage } from './garden-gnome.message.js';

export const gardenGnomeCreated = defineEvent('garden-gnome.created', GardenGnomeCreated);
export const gardenGnomeUpdated = defineEvent('garden-gnome.updated', GardenGnomeUpdated);
export const gardenGnomeDeleted = defineEvent('garden-gnome.deleted', GardenGnomeDeleted);

/** Publishes the events of garden gnomes, within the transaction that changes them. */
@Injectable()
export class GardenGnomeEvents {
  constructor(private readonly outbox: Outbox) {}

  async created(tx: EntityManager, gardenGnome: GardenGnome): Promise<void> {
    await this.outbox.add(tx, gardenGnomeCreated, eventOf(gardenGnome));
  }

  async updated(tx: EntityManager, gardenGnome: GardenGnome): Promise<void> {
    await this.outbox.add(tx, gardenGnomeUpdated, eventOf(gardenGnome));
  }

  async deleted(tx: EntityManager, gardenGnome: GardenGnome): Promise<void> {
    await this.outbox.add(tx, gardenGnomeDeleted, eventOf(gardenGnome));
  }
}

const eventOf = (gardenGnome: GardenGnome) => ({
  key: gardenGnome.id,
  value: { gardenGnome: toMessage(gardenGnome) },
});
