// #file event
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { Outbox } from '@msx/runtime';
import { TestService } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';
import { GardenGnomeWoken } from '../gen/garden_gnome_events.js';
import { publishGardenGnomeWoken } from './garden-gnome-woken.event.js';

describe('garden-gnome.woken', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start({ name: 'tool-shed', module: AppModule, driver: 'sqlite' });
  });
  afterAll(() => service?.stop());

  const event: GardenGnomeWoken = {
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
    wideAwake: true,
    // #end
  };
  const publish = (andThen: () => void) =>
    service.database.transaction(async (tx) => {
      await publishGardenGnomeWoken(service.get(Outbox), tx, event);
      andThen();
    });

  it('is published if the transaction commits, and only then', async () => {
    const fail = () => {
      throw new Error('rolled back');
    };
    await expect(publish(fail)).rejects.toThrow('rolled back');
    expect(await service.outbox('garden-gnome.woken')).toEqual([]);
    await publish(() => undefined);
    expect(await service.outbox('garden-gnome.woken')).toEqual([
      { topic: 'garden-gnome.woken', key: event.ownerId, value: GardenGnomeWoken.toJSON(event) },
    ]);
  });
});
