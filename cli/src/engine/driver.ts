import type { Event } from './reduce.js';
import type { Spec } from './spec.js';

export type Report = (event: Event) => void;

/** Something that can run resources. It answers by reporting events, at once or later, and never throws. */
export interface Driver {
  start(spec: Spec, version: number): void;
  /** Ends its run within `graceMs`; reports `exited` or `failed` once nothing of it is left. */
  stop(name: string, graceMs: number): void;
  /** What runs may have to be started anew at any time, quickly. */
  prepare?(spec: Spec): void;
  /** It will not. */
  discard?(name: string): void;
}

export type Drivers = Record<Spec['run']['driver'], Driver>;
