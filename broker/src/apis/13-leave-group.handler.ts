import { leaveGroup } from './13-leave-group.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

/** One member, or since version 3 several at once (KIP-345). Any group's members can be removed by it (KIP-848). */
export const answerLeaveGroup: Handler<typeof leaveGroup> = async ({ groupId, ...request }, context) => {
  if (groupId === '') return { errorCode: ErrorCode.INVALID_GROUP_ID };
  const { groups, consumerGroups } = context.broker;
  const leave = async (memberId: string, instanceId: string | null) =>
    consumerGroups.get(groupId)
      ? consumerGroups.remove(groupId, { memberId, instanceId })
      : (await groups.submit(groupId, { kind: 'leave', memberId, instanceId })).error;
  if (context.version < 3) return { errorCode: await leave(request.memberId, null) };
  const answered = request.members.map(async ({ memberId, groupInstanceId }) => ({
    memberId,
    groupInstanceId,
    errorCode: await leave(memberId, groupInstanceId),
  }));
  return { members: await Promise.all(answered) };
};
