import { heartbeat } from './12-heartbeat.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

export const answerHeartbeat: Handler<typeof heartbeat> = async (request, { broker }) => {
  if (request.groupId === '') return { errorCode: ErrorCode.INVALID_GROUP_ID };
  const { groupId, memberId, groupInstanceId: instanceId, generationId: generation } = request;
  const beat = { memberId, instanceId, generation };
  if (broker.consumerGroups.get(groupId))
    return { errorCode: broker.consumerGroups.classicHeartbeat(groupId, beat) };
  return { errorCode: (await broker.groups.submit(groupId, { kind: 'heartbeat', ...beat })).error };
};
