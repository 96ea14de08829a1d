import { heartbeat } from './12-heartbeat.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

export const answerHeartbeat: Handler<typeof heartbeat> = async (request, { broker }) => {
  if (request.groupId === '') return { errorCode: ErrorCode.INVALID_GROUP_ID };
  const { error } = await broker.groups.submit(request.groupId, {
    kind: 'heartbeat',
    memberId: request.memberId,
    instanceId: request.groupInstanceId,
    generation: request.generationId,
  });
  return { errorCode: error };
};
