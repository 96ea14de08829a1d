// #file rpc finding
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { TestService } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';
import type { PolishBootsRequest } from '../gen/garden_gnome.js';
// #if fixture
import { gardenGnome } from './garden-gnome.fixture.js';
// #end
import { GardenGnomeService } from './garden-gnome.service.js';
import { polishBoots } from './polish-boots.js';

const request: PolishBootsRequest = {
  // #each field
  // #case string|id
  hatColour: 'hatColour',
  // #case int
  beardLength: 7,
  // #case float
  bodyWeight: 2.5,
  // #case bool
  wellPainted: true,
  // #case datetime
  madeAt: new Date('2026-01-02T03:04:05.678Z'),
  // #case example
  ownerId: 'ownerId',
  soldAt: new Date('2026-02-03T04:05:06.789Z'),
  gardenGnomeId: 'gardenGnomeId',
  wideAwake: true,
  // #end
};

describe('polishBoots', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start({ name: 'tool-shed', module: AppModule, driver: 'sqlite' });
  });
  afterAll(() => service?.stop());

  // #if fixture
  it('finds its entity', async () => {
    const { id } = await service.get(GardenGnomeService).create(gardenGnome());
    const answer = await polishBoots(service.get(GardenGnomeService), { ...request, gardenGnomeId: id });
    expect(answer.id).toBe(id);
  });

  // #end
  it('refuses an empty or unknown id', async () => {
    const call = (gardenGnomeId: string) =>
      polishBoots(service.get(GardenGnomeService), { ...request, gardenGnomeId });
    await expect(call('')).rejects.toMatchObject({ reason: 'VALIDATION_FAILED' });
    await expect(call('nothing')).rejects.toMatchObject({ reason: 'GARDEN_GNOME_NOT_FOUND' });
  });
});
