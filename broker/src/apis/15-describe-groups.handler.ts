import { describeGroups } from './15-describe-groups.js';
import { emptyGroup, metadataOf, type Group, type Member } from '../groups/group.js';
import type { ResponseOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Context, Handler } from './handler.js';

type Answer = NonNullable<ResponseOf<typeof describeGroups>['groups']>[number];

export const answerDescribeGroups: Handler<typeof describeGroups> = ({ groups }, context) => ({
  groups: groups.map((groupId) => describe(groupId, context)),
});

/** A group that does not exist, or that is not a classic one, is "Dead", and since version 6 an error (KIP-1043). */
const describe = (groupId: string, { broker, version }: Context): Answer => {
  const isModern = broker.consumerGroups.get(groupId) !== undefined;
  const hasOffsets = !isModern && broker.offsets.of(groupId).length > 0;
  const group = broker.groups.get(groupId) ?? (hasOffsets ? emptyGroup : undefined);
  if (group) return { groupId, ...contentOf(group) };
  const errorMessage = `Group ${groupId} ${isModern ? 'is not a classic group' : 'not found'}.`;
  const absent = { errorCode: ErrorCode.GROUP_ID_NOT_FOUND, errorMessage };
  return { groupId, groupState: 'Dead', ...(version >= 6 && absent) };
};

/** The protocol, and the metadata of members for it, are known of a stable group only. */
const contentOf = ({ phase, protocolType, protocol, members }: Group): Answer => {
  const chosen = phase === 'Stable' ? protocol : null;
  return {
    groupState: phase,
    protocolType: protocolType ?? '',
    protocolData: chosen ?? '',
    members: [...members.values()].map((member) => memberOf(member, chosen)),
  };
};

const memberOf = (member: Member, protocol: string | null) => ({
  memberId: member.id,
  groupInstanceId: member.instanceId,
  clientId: member.clientId,
  clientHost: member.clientHost,
  memberMetadata: metadataOf(member, protocol),
  memberAssignment: member.assignment,
});
