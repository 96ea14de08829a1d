import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Upstream } from '@msx/runtime';
// #if enum
import {
  // #each field enum
  // #case any
  GardenGnomeNightShift,
  // #case example
  GardenGnomeDayShift,
  // #end
} from '../models/garden-gnome.enums.js';
// #end
import { gardenGnomeEntity } from '../entities/garden-gnome.entity.js';
import { toolShed as upstream } from '../upstreams/tool-shed.upstream.js';
import type { GardenGnomes } from '../upstreams/tool-shed.upstream.js';
import { ToolShedServer } from '../upstreams/tool-shed.fixture.js';
import { GardenGnomeResolver } from './garden-gnome.resolver.js';

/** The fields that a client sends, and gets back. */
const fields = {
  // #each field
  // #case string|id
  hatColour: 'hatColour',
  // #case int
  beardLength: 7,
  // #case float
  bodyWeight: 2.5,
  // #case bool
  wellPainted: true,
  // #case money
  salePrice: 19.99,
  // #case datetime
  madeAt: new Date('2026-01-02T03:04:05.678Z'),
  // #case enum
  // #each value first
  nightShift: GardenGnomeNightShift.DEEP_SLEEP,
  // #end
  // #case list
  homeTowns: ['one', 'two'],
  // #case example
  ownerId: 'owner',
  wideAwake: true,
  dayShift: GardenGnomeDayShift.OPEN_FISHING,
  // #end
};

describe('garden gnomes', () => {
  const toolShed = new ToolShedServer();
  let service: GardenGnomes;
  let resolver: GardenGnomeResolver;

  beforeAll(async () => {
    await toolShed.server.start();
    service = new Upstream(upstream.client, upstream.service, toolShed.server.address);
    resolver = new GardenGnomeResolver(service);
  });
  afterAll(() => {
    service?.close();
    toolShed.server.stop();
  });

  it('come back as they were created', async () => {
    const created = await resolver.createGardenGnome(fields);
    expect(created).toMatchObject(fields);
    expect(await resolver.gardenGnome({ id: created.id })).toEqual(created);
    expect(await gardenGnomeEntity.load(service, [created.id, 'x'])).toEqual([created]);
  });

  it('change only in the given fields', async () => {
    const { id } = toolShed.add();
    const before = await resolver.gardenGnome({ id });
    expect(await resolver.updateGardenGnome({ id })).toEqual(before);
    expect(await resolver.updateGardenGnome({ id, ...fields })).toMatchObject(fields);
  });

  // #if nullable
  it('lose the fields that are null', async () => {
    const { id } = await resolver.createGardenGnome(fields);
    const nulls = {
      // #each field nullable
      // #case any
      petName: null,
      // #case example
      rivalId: null,
      luckyNumber: null,
      topSpeed: null,
      repairCost: null,
      soldAt: null,
      dayShift: null,
      // #end
    };
    const changed = await resolver.updateGardenGnome({ id, ...nulls });
    for (const name of Object.keys(nulls)) expect(changed).toHaveProperty(name, undefined);
  });

  // #end
  it('are listed, counted and deleted', async () => {
    const { id } = toolShed.add();
    const count = await resolver.gardenGnomesCount();
    expect(await resolver.gardenGnomes({ page: 1, limit: 100 })).toHaveLength(count);
    expect((await resolver.deleteGardenGnome({ id })).id).toBe(id);
    expect(await resolver.gardenGnomesCount()).toBe(count - 1);
  });

  it('that do not exist are GARDEN_GNOME_NOT_FOUND', async () => {
    const missing = { reason: 'GARDEN_GNOME_NOT_FOUND' };
    await expect(resolver.gardenGnome({ id: 'nothing' })).rejects.toMatchObject(missing);
  });
});
