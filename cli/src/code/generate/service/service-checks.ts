import { parseFields } from '../fields/parse-fields.js';
import { checkedWords, nounOf } from '../names/noun.js';

/** Checks for the answers to the questions about a service; each throws an error for an invalid answer. */
export const serviceChecks = {
  name: (answer: string): unknown => checkedWords(answer, 'service'),
  entity: (answer: string): unknown => nounOf(answer),
  fields: (answer: string): unknown => parseFields(answer),
};
