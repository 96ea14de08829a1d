import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { drivers, TestService } from '@msx/runtime/testing';
import { randomUUID } from 'node:crypto';
import { AppModule } from '../app.module.js';
import { gardenGnome } from './garden-gnome.fixture.js';
import { GardenGnomeService } from './garden-gnome.service.js';

describe.each(drivers)('GardenGnomeService on %s', (driver) => {
  let service: TestService;
  let gardenGnomes: GardenGnomeService;

  beforeAll(async () => {
    service = await TestService.start({ name: 'tool-shed', module: AppModule, driver });
    gardenGnomes = service.get(GardenGnomeService);
  });
  afterAll(() => service?.stop());

  const topicsOf = async (id: string) =>
    (await service.outbox()).filter(({ key }) => key === id).map(({ topic }) => topic);

  it('saves a garden gnome together with its event', async () => {
    const saved = await gardenGnomes.create(gardenGnome());
    expect(saved).toMatchObject(gardenGnome());
    expect(await gardenGnomes.get(saved.id)).toEqual(saved);
    expect(await topicsOf(saved.id)).toEqual(['garden-gnome.created']);
  });

  // #if optional
  it('fills in defaults', async () => {
    const { id } = await gardenGnomes.create({
      ...gardenGnome(),
      // #each field optional
      // #case money
      repairCost: undefined,
      repairCostCurrency: undefined,
      // #case any
      petName: undefined,
      // #case example
      luckyNumber: undefined,
      shoeSize: undefined,
      topSpeed: undefined,
      soldAt: undefined,
      dayShift: undefined,
      rivalId: undefined,
      wellPainted: undefined,
      homeTowns: undefined,
      // #end
    });
    expect(await gardenGnomes.get(id)).toMatchObject({
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
      // #end
    });
  });

  // #end
  it('updates the given fields, and publishes that', async () => {
    const { id, createdAt } = await gardenGnomes.create(gardenGnome());
    const changes = {
      // #each field
      // #case string|id
      hatColour: 'changed',
      // #case int
      beardLength: 8,
      // #case float
      bodyWeight: 3.5,
      // #case bool
      wellPainted: false,
      // #case money
      salePrice: 5,
      salePriceCurrency: 'EUR',
      // #case datetime
      madeAt: new Date('2026-03-04T05:06:07.089Z'),
      // #case list
      homeTowns: [],
      // #case enum
      // #end
    };
    const updated = await gardenGnomes.update(id, changes);
    expect(updated).toMatchObject({ ...gardenGnome(), ...changes, createdAt });
    expect(await gardenGnomes.get(id)).toEqual(updated);
    expect(await topicsOf(id)).toEqual(['garden-gnome.created', 'garden-gnome.updated']);
  });

  it('deletes, and publishes the last state', async () => {
    const deleted = await gardenGnomes.create(gardenGnome());
    expect(await gardenGnomes.delete(deleted.id)).toEqual(deleted);
    const missing = { reason: 'GARDEN_GNOME_NOT_FOUND' };
    await expect(gardenGnomes.delete(deleted.id)).rejects.toMatchObject(missing);
    expect(await topicsOf(deleted.id)).toEqual(['garden-gnome.created', 'garden-gnome.deleted']);
  });

  it.each(['', 'x', 'a\0b', randomUUID()])('does not find garden gnome %j', async (id) => {
    const missing = { reason: 'GARDEN_GNOME_NOT_FOUND', kind: 'not-found' };
    await expect(gardenGnomes.get(id)).rejects.toMatchObject(missing);
    await expect(gardenGnomes.update(id, {})).rejects.toMatchObject(missing);
    await expect(gardenGnomes.delete(id)).rejects.toMatchObject(missing);
    expect(await gardenGnomes.batch([id])).toEqual([]);
  });

  it('lists and counts, by creation time, page by page', async () => {
    await Promise.all(Array.from({ length: 7 }, () => gardenGnomes.create(gardenGnome())));
    const total = await gardenGnomes.count();
    const pages = Array.from({ length: Math.ceil(total / 3) }, (_, n) =>
      gardenGnomes.list({ page: n + 1, limit: 3 }),
    );
    const seen = (await Promise.all(pages)).flat();
    const keys = seen.map(({ createdAt, id }) => `${createdAt.getTime()} ${id}`);
    expect(new Set(keys).size).toBe(total);
    expect(keys).toEqual([...keys].sort());
    await expect(gardenGnomes.list({ page: 1, limit: -1 })).rejects.toMatchObject({
      reason: 'VALIDATION_FAILED',
    });
  });
});
