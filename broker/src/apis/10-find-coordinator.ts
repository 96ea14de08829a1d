// FindCoordinator, versions 0–6: which broker coordinates a group; it is always this one.
// Left out: nothing is looked up. Coordinators of transactions (KIP-98) and of share groups (KIP-932) are returned,
// too, although their APIs are not served.
// From: the protocol guide, KIP-699 (several keys).
import { api } from '../wire/api.js';
import { array, arrayOf, int16, int32, int8, string } from '../wire/types.js';

export const findCoordinator = api({
  key: 10,
  name: 'FindCoordinator',
  versions: [0, 6],
  flexible: 3,
  request: {
    key: string.until(3),
    keyType: int8.since(1),
    coordinatorKeys: array(string).since(4),
  },
  response: {
    throttleTimeMs: int32.since(1),
    errorCode: int16.until(3),
    errorMessage: string.since(1).until(3).nullable(),
    nodeId: int32.until(3),
    host: string.until(3),
    port: int32.until(3),
    coordinators: arrayOf({
      key: string,
      nodeId: int32,
      host: string,
      port: int32,
      errorCode: int16,
      errorMessage: string.nullable(),
    }).since(4),
  },
});
