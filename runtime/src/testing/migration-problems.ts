import { schemaDifference } from '../database/schema/schema-difference.js';
import type { ImportedModule } from '../service/module-parts.js';
import { databaseOptionsOf } from '../service/service-needs.js';
import { migrationRoundTrips } from './migration-round-trip.js';
import type { Driver } from './test-database.js';

/**
 * What is wrong with the migrations of a service, for the test that each service has of them: one that does not leave the
 * schema as it was when it is rolled back, or makes another one when it is applied again, and what its entities need that no
 * migration makes.
 */
export async function migrationProblems(module: ImportedModule, driver: Driver): Promise<string[]> {
  const trips = await migrationRoundTrips(module, driver);
  if (trips.length === 0) return ['there are no migrations'];
  const broken = trips.flatMap(({ migration, before, up, down, upAgain }) => [
    ...differences(before, down).map((line) => `${migration}, rolled back: ${line}`),
    ...differences(up, upAgain).map((line) => `${migration}, applied again: ${line}`),
  ]);
  const { changes } = await schemaDifference(databaseOptionsOf(module)!);
  return [
    ...broken,
    ...changes.map((change) => `no migration makes this; run msx db diff: ${JSON.stringify(change)}`),
  ];
}

function differences(expected: string, actual: string): string[] {
  const [wanted, found] = [expected, actual].map((schema) => schema.split('\n').filter(Boolean));
  return [
    ...wanted!.filter((line) => !found!.includes(line)).map((line) => `is missing ${line}`),
    ...found!.filter((line) => !wanted!.includes(line)).map((line) => `still has ${line}`),
  ];
}
