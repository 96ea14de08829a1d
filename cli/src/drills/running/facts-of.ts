import type { DrillEntry, SystemFacts } from '../plan/drill-catalogue.js';
import type { Service, System } from '../../model/system/system.js';
import type { ServiceVerification } from './load-verifications.js';

/** What the drills can use of a system. */
export function factsOf({ services }: System, verifications: readonly ServiceVerification[]): SystemFacts {
  const named = (matches: (service: Service) => unknown) => services.filter(matches).map(({ name }) => name);
  return {
    changing: verifications
      .filter(({ verification }) => verification.change)
      .map(({ service }) => service.name),
    publishing: named(({ publishes, database }) => database && publishes.length > 0),
    consuming: named(({ consumes, database }) => database && consumes.length > 0),
    databases: named(({ database }) => database),
  };
}

/** The rushes that services declare, as drills. */
export const rushesOf = (verifications: readonly ServiceVerification[]): DrillEntry[] =>
  verifications.flatMap(({ verification }) =>
    Object.entries(verification.rushes ?? {}).map(([name, { description, size }]): DrillEntry => ({
      ...{ name, description, changes: size },
      target: 'databases',
    })),
  );
