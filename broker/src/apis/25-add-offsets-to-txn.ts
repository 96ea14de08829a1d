// AddOffsetsToTxn, versions 0–4: makes the offsets of a group part of a transaction, before TxnOffsetCommit.
// Left out: nothing. Since KIP-890, clients no longer send it.
// From: KIP-98, KIP-360 (fenced producers).
import { api } from '../wire/api.js';
import { int16, int32, int64, string } from '../wire/types.js';

export const addOffsetsToTxn = api({
  key: 25,
  name: 'AddOffsetsToTxn',
  versions: [0, 4],
  flexible: 3,
  request: {
    transactionalId: string,
    producerId: int64,
    producerEpoch: int16,
    groupId: string,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
  },
});
