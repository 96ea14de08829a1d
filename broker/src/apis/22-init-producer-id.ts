// InitProducerId, versions 0–5: assigns an id to an idempotent producer, and the next epoch of its id to a transactional
// one, which fences all earlier producers with its transactional id.
// Left out: version 6 (two-phase commit, KIP-939).
// From: KIP-98, KIP-360 (producers that continue after an error).
import { api } from '../wire/api.js';
import { int16, int32, int64, string } from '../wire/types.js';

export const initProducerId = api({
  key: 22,
  name: 'InitProducerId',
  versions: [0, 5],
  flexible: 2,
  request: {
    transactionalId: string.nullable(),
    transactionTimeoutMs: int32,
    producerId: int64.since(3).default(-1),
    producerEpoch: int16.since(3).default(-1),
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    producerId: int64.default(-1),
    producerEpoch: int16,
  },
});
