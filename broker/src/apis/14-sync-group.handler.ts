import { syncGroup } from './14-sync-group.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

/** The first version in which members name their protocol. */
const SINCE_PROTOCOL = 5;

export const answerSyncGroup: Handler<typeof syncGroup> = async (request, { broker, version, signal }) => {
  if (version >= SINCE_PROTOCOL && (request.protocolType === null || request.protocolName === null))
    return { errorCode: ErrorCode.INCONSISTENT_GROUP_PROTOCOL };
  if (request.groupId === '') return { errorCode: ErrorCode.INVALID_GROUP_ID };
  const groupRequest = {
    kind: 'sync' as const,
    memberId: request.memberId,
    instanceId: request.groupInstanceId,
    generation: request.generationId,
    protocolType: request.protocolType,
    protocol: request.protocolName,
    assignments: new Map(request.assignments.map((a) => [a.memberId, Buffer.from(a.assignment)])),
  };
  const { error, protocolType, protocol, assignment } = broker.consumerGroups.get(request.groupId)
    ? broker.consumerGroups.sync(request.groupId, groupRequest)
    : await broker.groups.submit(request.groupId, groupRequest, signal);
  return { errorCode: error, protocolType, protocolName: protocol, assignment };
};
