import type { Event } from './reduce.js';
import type { Spec } from './spec.js';

/** The current resource usage of the processes of a resource. */
export interface Usage {
  /** CPU load in processors: 0.5 is half of one. */
  cpu?: number;
  /** Resident memory in bytes. */
  memory: number;
}

export type Report = (event: Event) => void;

/** Runs resources. It reports events, at once or later, and never throws. */
export interface Driver {
  start(spec: Spec, version: number): void;
  /** Ends a run within `graceMs`; reports `exited` or `failed` once nothing of it is left. */
  stop(name: string, graceMs: number): void;
  /** Ends a run at once, even during its grace period. */
  kill(name: string): void;
  /** The program that a start would run now; if a run has the same one, a restart would change nothing. */
  programOf?(spec: Spec): string | undefined;
  /** The usage of current runs, by the names of their resources. */
  usage?(): Promise<Map<string, Usage>>;
}

export type Drivers = Record<Spec['run']['driver'], Driver>;
