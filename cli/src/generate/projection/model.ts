import type { Field } from '../fields/field.js';
import type { Noun } from '../names/noun.js';

/** What a template becomes code about. */
export interface Model {
  readonly entity: Noun;
  /** The service that keeps it, in words. */
  readonly service: readonly string[];
  /** What the packages of the contracts begin with, in words. */
  readonly system: readonly string[];
  readonly port: number;
  readonly healthPort: number;
  readonly fields: readonly Field[];
}
