// #file consumer
import { afterAll, beforeAll, describe, expect, it, jest } from '@jest/globals';
import { TestService } from '@msx/runtime/testing';
import { Logger } from '@nestjs/common';
import { randomUUID } from 'node:crypto';
import { AppModule } from '../app.module.js';
import { GardenGnomeWoken } from '../gen/garden_gnome_events.js';
import { GardenGnomeWokenConsumer } from './garden-gnome-woken.consumer.js';

describe('GardenGnomeWokenConsumer', () => {
  let service: TestService;
  beforeAll(async () => {
    service = await TestService.start({ name: 'tool-shed', module: AppModule, driver: 'sqlite' });
  });
  afterAll(() => service?.stop());

  it('consumes garden-gnome.woken', async () => {
    const log = jest.spyOn(Logger.prototype, 'log').mockImplementation(() => undefined);
    const value = GardenGnomeWoken.fromPartial({});
    const event = {
      id: randomUUID(),
      topic: 'garden-gnome.woken',
      key: 'k-1',
      time: new Date(),
      source: 'test',
      value,
    };
    await service.database.transaction((tx) =>
      service.get(GardenGnomeWokenConsumer).onGardenGnomeWoken(event, tx),
    );
    expect(log).toHaveBeenCalledWith('garden-gnome.woken k-1');
    log.mockRestore();
  });
});
