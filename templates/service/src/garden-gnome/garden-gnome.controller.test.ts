import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { DEFAULT_LIMIT } from '@msx/runtime';
import { TestProcess } from '@msx/runtime/testing';
import { GardenGnomeServiceService as rpc } from '../gen/garden_gnome.js';
import type { CreateGardenGnomeRequest } from '../gen/garden_gnome.js';
import { gardenGnome } from './garden-gnome.fixture.js';

/** A complete request. */
function request(): CreateGardenGnomeRequest {
  const fields = gardenGnome();
  return {
    // #each field
    // #case money
    salePrice: { minorUnits: fields.salePrice ?? 0, currencyCode: fields.salePriceCurrency ?? '' },
    // #case list
    homeTowns: { values: fields.homeTowns },
    // #case nullable
    petName: fields.petName ?? undefined,
    // #case present
    hatColour: fields.hatColour,
    // #case example
    repairCost: { minorUnits: fields.repairCost ?? 0, currencyCode: fields.repairCostCurrency ?? '' },
    luckyNumber: fields.luckyNumber ?? undefined,
    beardLength: fields.beardLength,
    shoeSize: fields.shoeSize,
    topSpeed: fields.topSpeed ?? undefined,
    bodyWeight: fields.bodyWeight,
    wellPainted: fields.wellPainted,
    madeAt: fields.madeAt,
    soldAt: fields.soldAt ?? undefined,
    nightShift: fields.nightShift,
    dayShift: fields.dayShift ?? undefined,
    ownerId: fields.ownerId,
    wideAwake: fields.wideAwake,
    rivalId: fields.rivalId ?? undefined,
    // #end
  };
}

/** A request that sets nothing. */
const nothing: CreateGardenGnomeRequest = {
  // #each field
  // #case any
  hatColour: undefined,
  // #case example
  petName: undefined,
  ownerId: undefined,
  rivalId: undefined,
  beardLength: undefined,
  luckyNumber: undefined,
  shoeSize: undefined,
  bodyWeight: undefined,
  topSpeed: undefined,
  wideAwake: undefined,
  wellPainted: undefined,
  salePrice: undefined,
  repairCost: undefined,
  madeAt: undefined,
  soldAt: undefined,
  nightShift: undefined,
  dayShift: undefined,
  homeTowns: undefined,
  // #end
};

describe('GardenGnomeController', () => {
  let service: TestProcess;

  beforeAll(
    async () => void (service = await TestProcess.start(new URL('../../dist/main.js', import.meta.url))),
  );
  afterAll(async () => expect(await service?.stop()).toBe(0));

  const create = async () => (await service.call(rpc.createGardenGnome, request())).gardenGnome!;

  it('creates, reads, changes and deletes', async () => {
    const created = await create();
    const { id } = created;
    expect(created).toMatchObject({
      ...request(),
      // #each field list
      homeTowns: gardenGnome().homeTowns,
      // #end
    });
    expect(await service.call(rpc.getGardenGnome, { id })).toEqual({ gardenGnome: created });
    expect(await service.call(rpc.batchGetGardenGnomes, { ids: [id] })).toEqual({ gardenGnomes: [created] });
    const changes = { id, ...request(), updateMask: undefined };
    const { gardenGnome: updated } = await service.call(rpc.updateGardenGnome, changes);
    expect(updated).toEqual({ ...created, updatedAt: updated!.updatedAt });
    expect(await service.call(rpc.deleteGardenGnome, { id })).toEqual({ gardenGnome: updated });
    await expect(service.call(rpc.getGardenGnome, { id })).rejects.toMatchObject({
      reason: 'GARDEN_GNOME_NOT_FOUND',
      kind: 'not-found',
    });
  });

  // #if optional
  it('clears fields that the mask names and the request leaves out', async () => {
    const { id } = await create();
    const updateMask = [
      // #each field optional
      // #case any
      'pet_name',
      // #case example
      'lucky_number',
      'shoe_size',
      'top_speed',
      'repair_cost',
      'sold_at',
      'day_shift',
      'rival_id',
      'well_painted',
      'home_towns',
      // #end
    ];
    const cleared = await service.call(rpc.updateGardenGnome, { ...nothing, id, updateMask });
    expect(cleared.gardenGnome).toMatchObject({
      // #each field optional
      // #case default
      shoeSize: 42,
      // #case nullable
      petName: undefined,
      // #case bool
      wellPainted: false,
      // #case list
      homeTowns: [],
      // #case example
      luckyNumber: undefined,
      topSpeed: undefined,
      repairCost: undefined,
      soldAt: undefined,
      dayShift: undefined,
      rivalId: undefined,
      // #end
    });
  });

  // #end
  // #if required
  it.each([
    // #each field required
    // #case any
    'hat_colour',
    // #case example
    'owner_id',
    'beard_length',
    'body_weight',
    'wide_awake',
    'sale_price',
    'made_at',
    'night_shift',
    // #end
  ])('refuses to clear %s', async (path) => {
    const { id } = await create();
    const clearing = service.call(rpc.updateGardenGnome, { ...nothing, id, updateMask: [path] });
    await expect(clearing).rejects.toMatchObject({
      reason: 'VALIDATION_FAILED',
      message: expect.stringContaining('is required'),
    });
  });

  // #end
  it('lists and counts', async () => {
    await create();
    const { gardenGnomes } = await service.call(rpc.listGardenGnomes, { page: 1, limit: 100 });
    expect(await service.call(rpc.countGardenGnomes, {})).toEqual({ count: gardenGnomes.length });
    const unset = { page: 0, limit: 0 };
    expect(await service.call(rpc.listGardenGnomes, unset)).toEqual({
      gardenGnomes: gardenGnomes.slice(0, DEFAULT_LIMIT),
    });
  });
});
