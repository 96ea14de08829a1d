import { describe, expect, it } from '@jest/globals';
import { drivers, migrationProblems } from '@msx/runtime/testing';
import { AppModule } from '../app.module.js';

describe.each(drivers)('the migrations on %s', (driver) => {
  it('can each be rolled back and applied again', async () => {
    expect(await migrationProblems(AppModule, driver)).toEqual([]);
  });
});
