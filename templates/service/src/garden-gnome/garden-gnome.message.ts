import type { Masked } from '@msx/runtime';
import type { CreateGardenGnomeRequest, GardenGnome as GardenGnomeMessage } from '../gen/garden_gnome.js';
import type { GardenGnome } from './garden-gnome.entity.js';
import type { GardenGnomeChanges } from './garden-gnome.rules.js';

/** The message for a garden gnome, in responses and in events. */
export function toMessage(gardenGnome: GardenGnome): GardenGnomeMessage {
  return {
    id: gardenGnome.id,
    // #each field
    // #case money nullable
    repairCost:
      gardenGnome.repairCost === null
        ? undefined
        : { minorUnits: gardenGnome.repairCost, currencyCode: gardenGnome.repairCostCurrency ?? '' },
    // #case money
    salePrice: { minorUnits: gardenGnome.salePrice, currencyCode: gardenGnome.salePriceCurrency },
    // #case nullable
    petName: gardenGnome.petName ?? undefined,
    // #case present
    hatColour: gardenGnome.hatColour,
    // #case example
    luckyNumber: gardenGnome.luckyNumber ?? undefined,
    beardLength: gardenGnome.beardLength,
    topSpeed: gardenGnome.topSpeed ?? undefined,
    bodyWeight: gardenGnome.bodyWeight,
    wellPainted: gardenGnome.wellPainted,
    madeAt: gardenGnome.madeAt,
    soldAt: gardenGnome.soldAt ?? undefined,
    nightShift: gardenGnome.nightShift,
    dayShift: gardenGnome.dayShift ?? undefined,
    homeTowns: gardenGnome.homeTowns,
    shoeSize: gardenGnome.shoeSize,
    ownerId: gardenGnome.ownerId,
    wideAwake: gardenGnome.wideAwake,
    rivalId: gardenGnome.rivalId ?? undefined,
    // #end
    createdAt: gardenGnome.createdAt,
    updatedAt: gardenGnome.updatedAt,
  };
}

/** The fields of a request: undefined if left out, null if cleared. */
export function toFields(request: Masked<CreateGardenGnomeRequest>): GardenGnomeChanges {
  return {
    // #each field
    // #case money
    salePrice: request.salePrice === null ? null : request.salePrice?.minorUnits,
    salePriceCurrency: request.salePrice === null ? null : request.salePrice?.currencyCode,
    // #case list
    homeTowns: request.homeTowns === null ? null : request.homeTowns?.values,
    // #case any
    hatColour: request.hatColour,
    // #case example
    repairCost: request.repairCost === null ? null : request.repairCost?.minorUnits,
    repairCostCurrency: request.repairCost === null ? null : request.repairCost?.currencyCode,
    petName: request.petName,
    luckyNumber: request.luckyNumber,
    beardLength: request.beardLength,
    topSpeed: request.topSpeed,
    bodyWeight: request.bodyWeight,
    wellPainted: request.wellPainted,
    madeAt: request.madeAt,
    soldAt: request.soldAt,
    nightShift: request.nightShift,
    dayShift: request.dayShift,
    shoeSize: request.shoeSize,
    ownerId: request.ownerId,
    wideAwake: request.wideAwake,
    rivalId: request.rivalId,
    // #end
  };
}
