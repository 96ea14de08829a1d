// ListTransactions, versions 0–2: the transactional ids, filtered by state, producer, duration and pattern.
// Left out: RE2's own syntax in patterns; they are JavaScript's, which agrees in all but rare cases.
// From: KIP-664, KIP-994 (filter by duration), KIP-1152 (filter by pattern).
import { api } from '../wire/api.js';
import { array, arrayOf, int16, int32, int64, string } from '../wire/types.js';

export const listTransactions = api({
  key: 66,
  name: 'ListTransactions',
  versions: [0, 2],
  flexible: 0,
  request: {
    stateFilters: array(string),
    producerIdFilters: array(int64),
    durationFilter: int64.since(1).default(-1),
    transactionalIdPattern: string.since(2).nullable().default(null),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    unknownStateFilters: array(string),
    transactionStates: arrayOf({
      transactionalId: string,
      producerId: int64,
      transactionState: string,
    }),
  },
});
