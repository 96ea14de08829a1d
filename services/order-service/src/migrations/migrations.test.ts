import { describe, expect, it } from '@jest/globals';
import { drivers, migrationRoundTrips } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';

describe.each(drivers)('the migrations on %s', (driver) => {
  it('can each be rolled back and applied again', async () => {
    const trips = await migrationRoundTrips(AppModule, driver);
    expect(trips.length).toBeGreaterThan(0);
    for (const { migration, before, up, down, upAgain } of trips) {
      expect({ migration, schema: down }).toEqual({ migration, schema: before });
      expect({ migration, schema: upAgain }).toEqual({ migration, schema: up });
    }
  });
});
