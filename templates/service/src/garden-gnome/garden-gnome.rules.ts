import {
  // #if money
  checkCurrency,
  checkMinorUnits,
  // #end
  Validation,
} from '@msx/runtime';
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

/** The editable fields of a garden gnome. */
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
  /** ISO 4217 currency code. */
  repairCostCurrency: string | null;
  // #case money
  /** In minor units of `salePriceCurrency`. */
  salePrice: number;
  /** ISO 4217 currency code. */
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

/** The fields of an update: null resets a field to its default. */
export type GardenGnomeChanges = {
  [Field in keyof GardenGnomeFields]?: GardenGnomeFields[Field] | null;
};

// #if required
/** Fields that have no default. */
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

/** The defaults of optional fields. */
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

// #if string
const MAX_TEXT = 200;
// #end
// #if id
const MAX_ID = 64;
// #end
// #if int
const INT = { min: -(2 ** 31), max: 2 ** 31 - 1 };
// #end
// #if list
const MAX_ITEMS = 100;
const MAX_ITEM = 200;
// #end

// #if enum
/** The names of the values that an enum of the contract can have. */
const namesIn = (values: Readonly<Record<string, string | number>>): string =>
  Object.keys(values)
    .filter((name) => Number(values[name]) > 0)
    .join(', ');

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
  salePrice: (value, validation) => checkMinorUnits(validation, value, 'salePrice'),
  salePriceCurrency: (value, validation) => checkCurrency(validation, value, 'salePrice'),
  // #case datetime
  madeAt: (value, validation) =>
    validation.check(!Number.isNaN(value.getTime()), 'madeAt', 'must be a date and time (ISO 8601)'),
  // #case enum
  nightShift: (value, validation) =>
    validation.check(
      value !== GardenGnomeNightShift.GARDEN_GNOME_NIGHT_SHIFT_UNSPECIFIED && value in GardenGnomeNightShift,
      'nightShift',
      `must be one of: ${namesIn(GardenGnomeNightShift)}`,
    ),
  // #case list
  homeTowns: (value, validation) => {
    validation.check(value.length <= MAX_ITEMS, 'homeTowns', `must have at most ${MAX_ITEMS} entries`);
    for (const [n, item] of value.entries()) validation.text(item, `homeTowns[${n}]`, { max: MAX_ITEM });
  },
  // #end
};

/**
 * All fields of a new garden gnome: the given ones, and defaults for the rest.
 * @throws DomainError VALIDATION_FAILED
 */
export function checkedNewGardenGnome(request: GardenGnomeChanges): GardenGnomeFields {
  const validation = new Validation();
  const fields = { ...DEFAULTS, ...normalised(request) };
  // #if required
  for (const name of REQUIRED) validation.check(fields[name] !== undefined, name, 'is required');
  // #end
  checkAll(fields, validation);
  return fields as GardenGnomeFields;
}

/**
 * The given fields, normalised.
 * @throws DomainError VALIDATION_FAILED
 */
export function checkedGardenGnome(request: GardenGnomeChanges): Partial<GardenGnomeFields> {
  const validation = new Validation();
  const fields = normalised(request);
  // #if required
  for (const name of REQUIRED) validation.check(request[name] !== null, name, 'is required');
  // #end
  checkAll(fields, validation);
  return fields;
}

function checkAll(fields: Partial<GardenGnomeFields>, validation: Validation): void {
  for (const [name, value] of Object.entries(fields)) {
    if (value !== null && value !== undefined)
      CHECKS[name as keyof GardenGnomeFields]?.(value as never, validation);
  }
  validation.done();
}

/** Drops undefined fields, replaces null by the default, and trims texts. */
function normalised(changes: GardenGnomeChanges): Partial<GardenGnomeFields> {
  const entries = Object.entries<unknown>(changes).filter(([, value]) => value !== undefined);
  const text = (value: unknown) => (typeof value === 'string' ? value.trim() : value);
  return Object.fromEntries(
    entries.map(([name, value]) => [name, text(value ?? DEFAULTS[name as keyof GardenGnomeFields])]),
  );
}
