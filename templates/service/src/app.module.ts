import { DatabaseModule, EventsModule } from '@msx/runtime';
import { Module } from '@nestjs/common';
// #if example
import { GardenGnomeWokenConsumer } from './garden-gnome-woken/garden-gnome-woken.consumer.js';
import { gardenGnomeWoken } from './garden-gnome/garden-gnome-woken.event.js';
// #end
import { GardenGnomeController } from './garden-gnome/garden-gnome.controller.js';
import { GardenGnome } from './garden-gnome/garden-gnome.entity.js';
import {
  gardenGnomeCreated,
  gardenGnomeDeleted,
  GardenGnomeEvents,
  gardenGnomeUpdated,
} from './garden-gnome/garden-gnome.events.js';
import { GardenGnomeService } from './garden-gnome/garden-gnome.service.js';
import { CreateGardenGnomes1767225600000 } from './migrations/create-garden-gnomes.js';

@Module({
  imports: [
    DatabaseModule.forRoot({
      file: 'garden-gnomes.db',
      entities: [GardenGnome],
      migrations: [CreateGardenGnomes1767225600000],
    }),
    EventsModule.forRoot({
      publishes: [
        gardenGnomeCreated,
        gardenGnomeUpdated,
        gardenGnomeDeleted,
        // #if example
        gardenGnomeWoken,
        // #end
      ],
      consumes: false,
      // #if example
      ...({ consumes: true } as { consumes?: boolean }),
      // #end
    }),
  ],
  controllers: [GardenGnomeController],
  providers: [
    GardenGnomeService,
    GardenGnomeEvents,
    // #if example
    GardenGnomeWokenConsumer,
    // #end
  ],
})
export class AppModule {}
