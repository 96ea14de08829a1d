import type { CreateGardenGnomeRequest, GardenGnome as GardenGnomeMessage } from '../gen/garden_gnome.js';
import type { GardenGnome } from './garden-gnome.entity.js';
import type { GardenGnomeFields } from './garden-gnome.rules.js';

/** A garden gnome as others see it, in replies and in events. */
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

/** The fields that a request gives; those it leaves out are undefined. */
export function toFields(request: CreateGardenGnomeRequest): Partial<GardenGnomeFields> {
  return {
    // #each field
    // #case money
    salePrice: request.salePrice?.minorUnits,
    salePriceCurrency: request.salePrice?.currencyCode,
    // #case list
    homeTowns: request.homeTowns?.values,
    // #case any
    hatColour: request.hatColour,
    // #case example
    repairCost: request.repairCost?.minorUnits,
    repairCostCurrency: request.repairCost?.currencyCode,
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
