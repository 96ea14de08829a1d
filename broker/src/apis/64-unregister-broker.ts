// UnregisterBroker, version 0: removes a broker that has stopped; the only one cannot be removed.
// Left out: removing.
// From: KIP-500.
import { api } from '../wire/api.js';
import { int16, int32, string } from '../wire/types.js';

export const unregisterBroker = api({
  key: 64,
  name: 'UnregisterBroker',
  versions: [0, 0],
  flexible: 0,
  request: {
    brokerId: int32,
  },
  response: {
    throttleTimeMs: int32,
    errorCode: int16,
    errorMessage: string.nullable(),
  },
});
