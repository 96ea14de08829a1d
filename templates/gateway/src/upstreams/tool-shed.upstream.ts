import type { Upstream } from '@msx/runtime';
import { GardenGnomeServiceService } from '../gen/garden_gnome.js';

/** The token that the client is injected by. */
export const GARDEN_GNOMES = Symbol('tool-shed');

export type GardenGnomes = Upstream<GardenGnomeServiceService>;

/** Found at TOOL_SHED_URL. */
export const toolShed = {
  name: 'tool-shed',
  token: GARDEN_GNOMES,
  client: GardenGnomeServiceService,
  service: 'village.garden_gnome.v1.GardenGnomeService',
};
