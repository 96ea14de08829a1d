// #if enum
import {
  // #each field enum
  // #case any
  GardenGnomeNightShift,
  // #case example
  GardenGnomeDayShift,
  // #end
} from '../gen/garden_gnome.js';
// #end
import type { GardenGnomeFields } from './garden-gnome.rules.js';

/** Valid garden gnomes. */
export const gardenGnome = (fields: Partial<GardenGnomeFields> = {}): GardenGnomeFields => ({
  // #each field
  // #case string
  hatColour: 'hatColour',
  // #case id
  ownerId: '00000000-0000-4000-8000-000000000001',
  // #case int
  beardLength: 7,
  // #case float
  bodyWeight: 2.5,
  // #case bool
  wellPainted: true,
  // #case money
  salePrice: 1_999,
  salePriceCurrency: 'USD',
  // #case datetime
  madeAt: new Date('2026-01-02T03:04:05.678Z'),
  // #case enum
  // #each value first
  nightShift: GardenGnomeNightShift.GARDEN_GNOME_NIGHT_SHIFT_DEEP_SLEEP,
  // #end
  // #case list
  homeTowns: ['one', 'two'],
  // #case example
  petName: 'petName',
  luckyNumber: 13,
  shoeSize: 42,
  topSpeed: 1.5,
  repairCost: 0,
  repairCostCurrency: 'EUR',
  soldAt: new Date('2026-02-03T04:05:06.789Z'),
  dayShift: GardenGnomeDayShift.GARDEN_GNOME_DAY_SHIFT_OPEN_FISHING,
  rivalId: 'rival',
  wideAwake: true,
  // #end
  ...fields,
});
