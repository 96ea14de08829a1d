import { isBroken } from './verdict.js';
import type { Verdict } from './verdict.js';

/** The result of a drill. */
export interface Outcome {
  readonly drill: string;
  readonly description: string;
  readonly seed: number;
  readonly changes: number;
  readonly tookMs: number;
  readonly verdicts: readonly Verdict[];
  /** The smallest number of changes that still broke an invariant; absent if all held. */
  readonly smallest?: number;
  /** The command that repeats it. */
  readonly repeat: string;
}

export const brokenIn = ({ verdicts }: Outcome): Verdict[] => verdicts.filter(isBroken);

/** `orders are decided of order-service` */
export const verdictName = ({ invariant, service }: Verdict): string =>
  service === undefined ? invariant : `${invariant} (${service})`;
