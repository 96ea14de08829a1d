import { randomSource } from './random.js';
import type { DrillEntry, SystemFacts } from './drill-catalogue.js';

/** What a drill does: the same again with the same seed. */
export interface DrillPlan {
  readonly drill: string;
  readonly seed: number;
  /** The number of changes that are made. */
  readonly changes: number;
  /** The services that something is done to, one for each moment. */
  readonly faults: readonly Fault[];
}

export interface Fault {
  readonly service: string;
  /** It happens once this many changes are acknowledged. */
  readonly after: number;
}

export interface PlanOptions {
  readonly seed: number;
  readonly changes: number;
  /** The number of faults. */
  readonly faults: number;
}

/** The services and the moments of a drill, in order. */
export function planOf(
  { name, target }: DrillEntry,
  facts: SystemFacts,
  { seed, changes, faults }: PlanOptions,
): DrillPlan {
  const random = randomSource(seed, name);
  const chosen = Array.from({ length: faults }, () => ({
    service: random.pick(facts[target]),
    after: random.integer(changes),
  }));
  return { drill: name, seed, changes, faults: chosen.sort((a, b) => a.after - b.after) };
}
