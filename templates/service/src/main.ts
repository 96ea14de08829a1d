import { startGrpcService } from '@msx/runtime';
import { AppModule } from './app.module.js';
import { GardenGnomeServiceService } from './gen/garden_gnome.js';

await startGrpcService({
  name: 'tool-shed',
  module: AppModule,
  port: 50099,
  packageName: 'village.garden_gnome.v1',
  services: { GardenGnomeService: GardenGnomeServiceService },
  descriptor: new URL('./gen/descriptor.binpb', import.meta.url),
});
