import type { SeedReport } from '../../inspection/database/service-database.js';

/** What the seeds of a service did, in a line. */
export function seedOutcome(service: string, seeds: readonly SeedReport[]): string {
  const created = seeds.flatMap((seed) => seed.created);
  const existing = seeds.flatMap((seed) => seed.existing);
  if (seeds.length === 0) return `${service}: has no seeds`;
  if (created.length === 0) return `${service}: nothing to create; already there: ${existing.length}`;
  if (existing.length === 0) return `${service}: created ${created.join(', ')}`;
  return `${service}: created ${created.join(', ')}; already there: ${existing.length}`;
}
