import { entity } from '@msx/gateway';
import { GardenGnome } from '../models/garden-gnome.model.js';
import { GARDEN_GNOMES } from '../upstreams/tool-shed.upstream.js';
import type { GardenGnomes } from '../upstreams/tool-shed.upstream.js';

/** How garden gnomes are loaded by id. */
export const gardenGnomeEntity = entity(GardenGnome, {
  from: GARDEN_GNOMES,
  load: async (service: GardenGnomes, ids) => {
    const { gardenGnomes } = await service.read('batchGetGardenGnomes', { ids });
    return gardenGnomes.map((message) => new GardenGnome(message));
  },
});
