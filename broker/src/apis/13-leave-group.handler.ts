import { leaveGroup } from './13-leave-group.js';
import type { Handler } from './handler.js';

/** One member, or since version 3 several at once (KIP-345). */
export const answerLeaveGroup: Handler<typeof leaveGroup> = async (request, { broker, version }) => {
  const leave = async (memberId: string, instanceId: string | null) =>
    (await broker.groups.submit(request.groupId, { kind: 'leave', memberId, instanceId })).error;
  if (version < 3) return { errorCode: await leave(request.memberId, null) };
  const answered = request.members.map(async ({ memberId, groupInstanceId }) => ({
    memberId,
    groupInstanceId,
    errorCode: await leave(memberId, groupInstanceId),
  }));
  return { members: await Promise.all(answered) };
};
