import type { Field } from '../fields/field.js';
import type { Noun } from '../names/noun.js';

/** The subject that templates are projected onto. */
export interface Model {
  readonly entity: Noun;
  /** The words of the name of its service. */
  readonly service: readonly string[];
  /** The words that the packages of the contracts begin with. */
  readonly system: readonly string[];
  readonly port: number;
  readonly healthPort: number;
  readonly fields: readonly Field[];
}
