import { parseFields } from '../fields/parse-fields.js';
import { checkedWords, nounOf } from '../names/noun.js';

/** What answers to the questions about a service have to be; each throws what is wrong with one. */
export const serviceChecks = {
  name: (answer: string): unknown => checkedWords(answer, 'service'),
  entity: (answer: string): unknown => nounOf(answer),
  fields: (answer: string): unknown => parseFields(answer),
};
