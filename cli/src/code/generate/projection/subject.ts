import type { Field } from '../fields/field.js';
import type { Names } from './rename.js';

/**
 * The features that a mark can test, besides traits of fields. A file of one of the first kinds is only projected for
 * that kind; of each pair of the others, exactly one applies.
 */
export const features = [
  ...(['rpc', 'event', 'consumer', 'added', 'dropped'] as const),
  ...(['finding', 'refusing'] as const),
  ...(['answering', 'silent'] as const),
  ...(['guarded', 'public'] as const),
  'fixture',
] as const;

export type Feature = (typeof features)[number];

/** The subject that templates are projected onto. */
export interface Subject {
  /** The replacements of the names of the exemplar. */
  readonly names: Names;
  readonly fields: readonly Field[];
  readonly features: ReadonlySet<Feature>;
}

export const isFeature = (word: string): word is Feature => (features as readonly string[]).includes(word);

/** Whether a subject has the features in an expression: a space means "and", `|` means "or". */
export const hasFeatures = ({ features: present }: Subject, words: readonly string[]): boolean =>
  words.every((word) => word.split('|').some((one) => present.has(one as Feature)));
