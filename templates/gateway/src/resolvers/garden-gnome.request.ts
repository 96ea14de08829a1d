// #if money
import { toMoney } from '@msx/runtime';
// #end
import type { CreateGardenGnomeRequest } from '../gen/garden_gnome.js';
import type { UpdateGardenGnomeArgs } from '../models/garden-gnome.args.js';
// #if enum
import {
  // #each field enum
  // #case any
  fromNightShift,
  // #case example
  fromDayShift,
  // #end
} from '../models/garden-gnome.enums.js';
// #end

/** The request to the service for a client's arguments; in an update, the mask names the fields that are null. */
export function toRequest(args: Omit<UpdateGardenGnomeArgs, 'id'>): CreateGardenGnomeRequest {
  return {
    // #each field
    // #case money
    salePrice: typeof args.salePrice === 'number' ? toMoney(args.salePrice) : undefined,
    // #case enum
    nightShift: args.nightShift ? fromNightShift(args.nightShift) : undefined,
    // #case list
    homeTowns: args.homeTowns ? { values: args.homeTowns } : undefined,
    // #case any
    hatColour: args.hatColour ?? undefined,
    // #case example
    petName: args.petName ?? undefined,
    rivalId: args.rivalId ?? undefined,
    luckyNumber: args.luckyNumber ?? undefined,
    topSpeed: args.topSpeed ?? undefined,
    repairCost: typeof args.repairCost === 'number' ? toMoney(args.repairCost) : undefined,
    soldAt: args.soldAt ?? undefined,
    dayShift: args.dayShift ? fromDayShift(args.dayShift) : undefined,
    beardLength: args.beardLength ?? undefined,
    shoeSize: args.shoeSize ?? undefined,
    bodyWeight: args.bodyWeight ?? undefined,
    wellPainted: args.wellPainted ?? undefined,
    wideAwake: args.wideAwake ?? undefined,
    madeAt: args.madeAt ?? undefined,
    ownerId: args.ownerId ?? undefined,
    // #end
  };
}
