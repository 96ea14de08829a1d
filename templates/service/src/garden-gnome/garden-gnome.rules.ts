import { Validation } from '@msx/runtime';
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

/** What a person may say about a garden gnome. */
export interface GardenGnomeFields {
  // #each field
  // #case string|id nullable
  petName: string | null;
  // #case string|id
  hatColour: string;
  // #case int|float nullable
  luckyNumber: number | null;
  // #case int|float
  beardLength: number;
  // #case bool
  wellPainted: boolean;
  // #case money nullable
  /** In minor units of `repairCostCurrency`. */
  repairCost: number | null;
  /** ISO 4217. */
  repairCostCurrency: string | null;
  // #case money
  /** In minor units of `salePriceCurrency`. */
  salePrice: number;
  /** ISO 4217. */
  salePriceCurrency: string;
  // #case datetime nullable
  soldAt: Date | null;
  // #case datetime
  madeAt: Date;
  // #case enum nullable
  dayShift: GardenGnomeDayShift | null;
  // #case enum
  nightShift: GardenGnomeNightShift;
  // #case list
  homeTowns: string[];
  // #case example
  topSpeed: number | null;
  bodyWeight: number;
  shoeSize: number;
  ownerId: string;
  wideAwake: boolean;
  rivalId: string | null;
  // #end
}

// #if required
/** What nobody else can know. */
const REQUIRED = [
  // #each field required
  // #case money
  'salePrice',
  'salePriceCurrency',
  // #case present
  'hatColour',
  // #case example
  'beardLength',
  'bodyWeight',
  'madeAt',
  'nightShift',
  'ownerId',
  'wideAwake',
  // #end
] as const;
// #end

// #if optional
/** What a new garden gnome has unless told otherwise. */
const DEFAULTS: Partial<GardenGnomeFields> = {
  // #each field optional
  // #case default
  shoeSize: 42,
  // #case money
  repairCost: null,
  repairCostCurrency: null,
  // #case nullable
  petName: null,
  // #case bool
  wellPainted: false,
  // #case list
  homeTowns: [],
  // #case example
  luckyNumber: null,
  topSpeed: null,
  soldAt: null,
  dayShift: null,
  rivalId: null,
  // #end
};
// #end

// #if string
const MAX_TEXT = 200;
// #end
// #if id
const MAX_ID = 64;
// #end
// #if int
const INT = { min: -(2 ** 31), max: 2 ** 31 - 1 };
// #end
// #if money
const MONEY = { min: 0, max: 1e12 };
const CURRENCY = /^[A-Z]{3}$/;
// #end
// #if list
const MAX_ITEMS = 100;
const MAX_ITEM = 200;
// #end

type Checks = {
  readonly [Field in keyof GardenGnomeFields]?: (
    value: NonNullable<GardenGnomeFields[Field]>,
    validation: Validation,
  ) => void;
};

const CHECKS: Checks = {
  // #each field string|id|int|float|money|datetime|enum|list
  // #case string required
  hatColour: (value, validation) => validation.text(value, 'hatColour', { min: 1, max: MAX_TEXT }),
  // #case string
  petName: (value, validation) => validation.text(value, 'petName', { max: MAX_TEXT }),
  // #case id
  ownerId: (value, validation) => validation.text(value, 'ownerId', { min: 1, max: MAX_ID }),
  // #case int
  beardLength: (value, validation) => validation.integer(value, 'beardLength', INT),
  // #case float
  bodyWeight: (value, validation) =>
    validation.check(Number.isFinite(value), 'bodyWeight', 'must be a finite number'),
  // #case money
  salePrice: (value, validation) => validation.integer(value, 'salePrice', MONEY),
  salePriceCurrency: (value, validation) =>
    validation.check(CURRENCY.test(value), 'salePrice', 'must have a currency of three capital letters'),
  // #case datetime
  madeAt: (value, validation) =>
    validation.check(!Number.isNaN(value.getTime()), 'madeAt', 'must be a moment'),
  // #case enum
  nightShift: (value, validation) =>
    validation.check(
      value !== GardenGnomeNightShift.GARDEN_GNOME_NIGHT_SHIFT_UNSPECIFIED && value in GardenGnomeNightShift,
      'nightShift',
      'must be one of those there are',
    ),
  // #case list
  homeTowns: (value, validation) => {
    validation.check(value.length <= MAX_ITEMS, 'homeTowns', `must be at most ${MAX_ITEMS}`);
    for (const [n, item] of value.entries()) validation.text(item, `homeTowns[${n}]`, { max: MAX_ITEM });
  },
  // #end
};

/**
 * A whole garden gnome: what is given, and defaults for the rest.
 * @throws DomainError VALIDATION_FAILED
 */
export function checkedNewGardenGnome(given: Partial<GardenGnomeFields>): GardenGnomeFields {
  const validation = new Validation();
  const fields = {
    // #if optional
    ...DEFAULTS,
    // #end
    ...normalised(given),
  };
  // #if required
  for (const name of REQUIRED) validation.check(fields[name] !== undefined, name, 'must be given');
  // #end
  checkAll(fields, validation);
  return fields as GardenGnomeFields;
}

/**
 * The fields that are given, normalised.
 * @throws DomainError VALIDATION_FAILED
 */
export function checkedGardenGnome(given: Partial<GardenGnomeFields>): Partial<GardenGnomeFields> {
  const fields = normalised(given);
  checkAll(fields, new Validation());
  return fields;
}

function checkAll(fields: Partial<GardenGnomeFields>, validation: Validation): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null) CHECKS[name as keyof GardenGnomeFields]?.(value as never, validation);
  }
  validation.done();
}

/** Without what is undefined, and text without the spaces around it. */
function normalised(fields: Partial<GardenGnomeFields>): Partial<GardenGnomeFields> {
  const given = Object.entries<unknown>(fields).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    given.map(([name, value]) => [name, typeof value === 'string' ? value.trim() : value]),
  );
}
