import { GardenGnome } from '../models/garden-gnome.model.js';
import type { GardenGnomes } from '../upstreams/tool-shed.upstream.js';
import { batched } from './batched.js';
import type { EntityLoader } from './batched.js';

/** The garden gnomes of one request. */
export function gardenGnomeLoader(service: GardenGnomes): EntityLoader<GardenGnome> {
  return batched(async (ids) => {
    const { gardenGnomes } = await service.read('batchGetGardenGnomes', { ids });
    return gardenGnomes.map((message) => new GardenGnome(message));
  });
}
