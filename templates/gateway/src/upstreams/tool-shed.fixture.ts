import { DomainError } from '@msx/runtime';
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
import { GrpcServer } from './grpc-server.fixture.js';
import type { Handlers } from './grpc-server.fixture.js';

/** The tool shed, as small as its contract allows, over real gRPC. */
export class ToolShedServer {
  readonly gardenGnomes = new Map<string, GardenGnome>();
  readonly server = new GrpcServer(GardenGnomeServiceService, this.handlers());

  add(request: Partial<CreateGardenGnomeRequest> = {}): GardenGnome {
    return this.put({ ...blank(), ...given(request), id: randomUUID() });
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
        gardenGnome: this.put({ ...this.get(id), ...given(request) }),
      }),
      deleteGardenGnome: ({ id }) => {
        const gardenGnome = this.get(id);
        gardenGnomes.delete(id);
        return { gardenGnome };
      },
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

/** A garden gnome with nothing said about it. */
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

/** What a request gives, as the message holds it. */
function given(request: Partial<CreateGardenGnomeRequest>): Partial<GardenGnome> {
  const fields = Object.entries(request).filter(([, value]) => value !== undefined);
  return Object.fromEntries(fields.map(([name, value]) => [name, listOf(value)])) as Partial<GardenGnome>;
}

/** The items of a TextList; anything else as it is. */
function listOf(value: unknown): unknown {
  const isList = typeof value === 'object' && value !== null && 'values' in value;
  return isList ? value.values : value;
}
