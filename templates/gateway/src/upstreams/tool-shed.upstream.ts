import type { Upstream } from '@msx/runtime';
import { GardenGnomeServiceService } from '../gen/garden_gnome.js';

/** The injection token of the client. */
export const GARDEN_GNOMES = Symbol('tool-shed');

export type GardenGnomes = Upstream<GardenGnomeServiceService>;

/** Reached at TOOL_SHED_URL. */
export const toolShed = {
  name: 'tool-shed',
  token: GARDEN_GNOMES,
  client: GardenGnomeServiceService,
  service: 'village.garden_gnome.v1.GardenGnomeService',
};
