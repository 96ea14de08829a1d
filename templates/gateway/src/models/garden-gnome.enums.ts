// #file enum
import { registerEnumType } from '@nestjs/graphql';
import {
  // #each field enum
  // #case any
  GardenGnomeNightShift as GardenGnomeNightShiftMessage,
  // #case example
  GardenGnomeDayShift as GardenGnomeDayShiftMessage,
  // #end
} from '../gen/garden_gnome.js';

// #each field enum
// #case any
export enum GardenGnomeNightShift {
  // #each value
  DEEP_SLEEP = 'DEEP_SLEEP',
  // #case example
  LONG_WATCH = 'LONG_WATCH',
  // #end
}

registerEnumType(GardenGnomeNightShift, { name: 'GardenGnomeNightShift' });

const nightShifts = {
  // #each value
  DEEP_SLEEP: GardenGnomeNightShiftMessage.GARDEN_GNOME_NIGHT_SHIFT_DEEP_SLEEP,
  // #case example
  LONG_WATCH: GardenGnomeNightShiftMessage.GARDEN_GNOME_NIGHT_SHIFT_LONG_WATCH,
  // #end
};

export function fromNightShift(nightShift: GardenGnomeNightShift): GardenGnomeNightShiftMessage {
  return nightShifts[nightShift];
}

/** @throws Error for a value that this gateway does not know yet: it must not be shown as another one */
export function toNightShift(message: GardenGnomeNightShiftMessage): GardenGnomeNightShift {
  const found = Object.values(GardenGnomeNightShift).find((value) => nightShifts[value] === message);
  if (!found) throw new Error(`unknown nightShift ${message}`);
  return found;
}

// #case example
export enum GardenGnomeDayShift {
  OPEN_FISHING = 'OPEN_FISHING',
  QUIET_READING = 'QUIET_READING',
}

registerEnumType(GardenGnomeDayShift, { name: 'GardenGnomeDayShift' });

const dayShifts = {
  OPEN_FISHING: GardenGnomeDayShiftMessage.GARDEN_GNOME_DAY_SHIFT_OPEN_FISHING,
  QUIET_READING: GardenGnomeDayShiftMessage.GARDEN_GNOME_DAY_SHIFT_QUIET_READING,
};

export function fromDayShift(dayShift: GardenGnomeDayShift): GardenGnomeDayShiftMessage {
  return dayShifts[dayShift];
}

/** @throws Error for a value that this gateway does not know yet: it must not be shown as another one */
export function toDayShift(message: GardenGnomeDayShiftMessage): GardenGnomeDayShift {
  const found = Object.values(GardenGnomeDayShift).find((value) => dayShifts[value] === message);
  if (!found) throw new Error(`unknown dayShift ${message}`);
  return found;
}
// #end
