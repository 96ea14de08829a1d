// #file consumer
import { defineEvent, OnEvent, type ReceivedEvent } from '@msx/runtime';
import { Injectable, Logger } from '@nestjs/common';
import type { EntityManager } from 'typeorm';
import { GardenGnomeWoken } from '../gen/garden_gnome_events.js';

export const gardenGnomeWoken = defineEvent('garden-gnome.woken', GardenGnomeWoken);

/** Consumes garden-gnome.woken. */
@Injectable()
export class GardenGnomeWokenConsumer {
  private readonly logger = new Logger(GardenGnomeWokenConsumer.name);

  /** Changes made through `tx` commit together with the record that this event has been processed. */
  @OnEvent(gardenGnomeWoken)
  async onGardenGnomeWoken({ key }: ReceivedEvent<GardenGnomeWoken>, _tx: EntityManager): Promise<void> {
    this.logger.log(`garden-gnome.woken ${key}`);
  }
}
