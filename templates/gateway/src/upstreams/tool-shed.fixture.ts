import { TestUpstream } from '@msx/gateway/testing';
import type { Handlers } from '@msx/gateway/testing';
import { DomainError, masked } from '@msx/runtime';
import type { Masked } from '@msx/runtime';
import { randomUUID } from 'node:crypto';
import { GardenGnomeServiceService } from '../gen/garden_gnome.js';
import type { CreateGardenGnomeRequest, GardenGnome } from '../gen/garden_gnome.js';
// #if enum present
import {
  // #each field enum present
  // #case any
  GardenGnomeNightShift,
  // #end
} from '../gen/garden_gnome.js';
// #end

/** A minimal in-memory tool shed, over real gRPC. */
export class ToolShedServer {
  readonly gardenGnomes = new Map<string, GardenGnome>();
  readonly server = new TestUpstream(GardenGnomeServiceService, this.handlers());

  add(request: Partial<CreateGardenGnomeRequest> = {}): GardenGnome {
    return this.put({ ...blank(), ...fieldsOf(request), id: randomUUID() });
  }

  private handlers(): Handlers<GardenGnomeServiceService> {
    const { gardenGnomes } = this;
    return {
      createGardenGnome: (request) => ({ gardenGnome: this.add(request) }),
      getGardenGnome: ({ id }) => ({ gardenGnome: this.get(id) }),
      batchGetGardenGnomes: ({ ids }) => ({ gardenGnomes: ids.flatMap((id) => gardenGnomes.get(id) ?? []) }),
      listGardenGnomes: ({ page, limit }) => ({
        gardenGnomes: [...gardenGnomes.values()].slice((page - 1) * limit, page * limit),
      }),
      countGardenGnomes: () => ({ count: gardenGnomes.size }),
      updateGardenGnome: ({ id, ...request }) => ({
        gardenGnome: this.put({ ...this.get(id), ...fieldsOf(masked(request)) }),
      }),
      deleteGardenGnome: ({ id }) => {
        const gardenGnome = this.get(id);
        gardenGnomes.delete(id);
        return { gardenGnome };
      },
      // #if example
      polishBoots: ({ gardenGnomeId }) => ({ gardenGnome: this.get(gardenGnomeId) }),
      sweepYard: () => ({ gardenGnome: undefined }),
      // #end
    };
  }

  private get(id: string): GardenGnome {
    const found = this.gardenGnomes.get(id);
    if (!found) throw new DomainError('GARDEN_GNOME_NOT_FOUND', `there is no ${id}`, { kind: 'not-found' });
    return found;
  }

  private put(gardenGnome: GardenGnome): GardenGnome {
    this.gardenGnomes.set(gardenGnome.id, gardenGnome);
    return gardenGnome;
  }
}

/** A garden gnome with empty fields. */
function blank(): GardenGnome {
  return {
    id: '',
    // #each field
    // #case nullable
    petName: undefined,
    // #case string|id
    hatColour: '',
    // #case int|float
    beardLength: 0,
    // #case bool
    wellPainted: false,
    // #case money
    salePrice: { minorUnits: 0, currencyCode: 'USD' },
    // #case datetime
    madeAt: new Date(0),
    // #case enum
    // #each value first
    nightShift: GardenGnomeNightShift.GARDEN_GNOME_NIGHT_SHIFT_DEEP_SLEEP,
    // #end
    // #case list
    homeTowns: [],
    // #case example
    rivalId: undefined,
    luckyNumber: undefined,
    topSpeed: undefined,
    repairCost: undefined,
    soldAt: undefined,
    dayShift: undefined,
    bodyWeight: 0,
    shoeSize: 0,
    wideAwake: false,
    ownerId: '',
    // #end
    createdAt: new Date(0),
    updatedAt: new Date(0),
  };
}

/** The given fields of a request, as the message has them. */
function fieldsOf(request: Partial<Masked<CreateGardenGnomeRequest>>): Partial<GardenGnome> {
  const fields = Object.entries(request).filter(([, value]) => value !== undefined);
  return Object.fromEntries(
    fields.map(([name, value]) => [name, listOf(value ?? undefined)]),
  ) as Partial<GardenGnome>;
}

/** The items of a TextList; any other value unchanged. */
function listOf(value: unknown): unknown {
  const isList = typeof value === 'object' && value !== null && 'values' in value;
  return isList ? value.values : value;
}
