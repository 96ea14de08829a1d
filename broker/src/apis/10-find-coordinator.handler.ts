import { findCoordinator } from './10-find-coordinator.js';
import type { ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Context, Handler } from './handler.js';

type Found = NonNullable<ResponseOf<typeof findCoordinator>['coordinators']>[number];

/** The first version with several keys. */
const SINCE_KEYS = 4;
/** The first version that may ask for the coordinator of a share group. */
const SINCE_SHARE_GROUPS = 6;

const KeyType = { group: 0, transaction: 1, share: 2 } as const;
/** The group, the topic id and the partition of a share group. */
const SHARE_KEY = /^.*\S.*:[\w-]{22}:-?\d+$/;

/** The only broker coordinates every group and every transaction. */
export const answerFindCoordinator: Handler<typeof findCoordinator> = (request, context) =>
  context.version < SINCE_KEYS
    ? find(request, request.key, context)
    : { coordinators: request.coordinatorKeys.map((key) => ({ key, ...find(request, key, context) })) };

/** Kafka's text of success was "NONE" before there could be several keys. */
const find = ({ keyType }: { keyType: number }, key: string, { broker, version }: Context): Found => {
  if (keyType < KeyType.group || keyType > KeyType.share) return { ...refused, errorMessage: MALFORMED };
  if (keyType === KeyType.share && (version < SINCE_SHARE_GROUPS || !SHARE_KEY.test(key)))
    return { ...refused, errorMessage: version < SINCE_KEYS ? MALFORMED : '' };
  return { nodeId: broker.nodeId, ...broker.address, errorMessage: version < SINCE_KEYS ? 'NONE' : '' };
};

const refused = { errorCode: ErrorCode.INVALID_REQUEST, nodeId: -1, host: '', port: -1 };

const MALFORMED =
  'This most likely occurs because of a request being malformed by the client library or the message was sent to ' +
  'an incompatible broker. See the broker logs for more details.';
