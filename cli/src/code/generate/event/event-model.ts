import type { Service } from '../../../model/system/system.js';
import type { Field } from '../fields/field.js';

export interface EventModel {
  readonly topic: string;
  readonly words: readonly string[];
  readonly service: Service;
  /** Relative to the root. */
  readonly proto: string;
  readonly stub: string;
  readonly packageName: string;
  readonly fields: readonly Field[];
  /** The partition key: events with the same key stay in order. */
  readonly key: Field;
  readonly folder: string;
}
