// InitProducerId, versions 0–5: assigns an id to an idempotent producer.
// Left out: transactions (UNSUPPORTED_VERSION), version 6 (two-phase commit, KIP-939), and the bump of an epoch:
// a producer that repeats the request (KIP-360) gets a new id instead.
// From: KIP-98.
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
