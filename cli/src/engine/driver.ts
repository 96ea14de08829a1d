import type { Event } from './reduce.js';
import type { Spec } from './spec.js';

/** What the processes of a resource use at one moment. */
export interface Usage {
  /** How many processors they keep busy: 0.5 is half of one. */
  cpu?: number;
  /** Resident, in bytes. */
  memory: number;
}

export type Report = (event: Event) => void;

/** Something that can run resources. It answers by reporting events, at once or later, and never throws. */
export interface Driver {
  start(spec: Spec, version: number): void;
  /** Ends its run within `graceMs`; reports `exited` or `failed` once nothing of it is left. */
  stop(name: string, graceMs: number): void;
  /** Ends its run at once, even while it is given time to end by itself. */
  kill(name: string): void;
  /** Which program a start would run now; where it equals that of a run, a restart would change nothing. */
  programOf?(spec: Spec): string | undefined;
  /** What the runs use that there are, by the names of their resources. */
  usage?(): Promise<Map<string, Usage>>;
  /** What runs may have to be started anew at any time, quickly. */
  prepare?(spec: Spec): void;
  /** It will not. */
  discard?(name: string): void;
}

export type Drivers = Record<Spec['run']['driver'], Driver>;
