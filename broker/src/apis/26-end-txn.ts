// EndTxn, versions 0–5: commits or aborts a transaction; since version 5 the producer continues with the epoch, or id, in
// the answer (KIP-890).
// Left out: two-phase commit (KIP-939).
// From: KIP-98, KIP-360 (fenced producers), KIP-890 (epochs).
import { api } from '../wire/api.js';
import { bool, int16, int32, int64, string } from '../wire/types.js';

export const endTxn = api({
  key: 26,
  name: 'EndTxn',
  versions: [0, 5],
  flexible: 3,
  request: {
    transactionalId: string,
    producerId: int64,
    producerEpoch: int16,
    committed: bool,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    producerId: int64.since(5).default(-1),
    producerEpoch: int16.since(5).default(-1),
  },
});
