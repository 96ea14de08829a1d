import { randomUUID } from 'node:crypto';
import { joinGroup } from './11-join-group.js';
import type { Joined } from '../groups/event.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { attempt, type Context, type Handler } from './handler.js';

export const answerJoinGroup: Handler<typeof joinGroup> = async (request, context) => {
  const error = refusal(request, context);
  if (error !== ErrorCode.NONE) return { errorCode: error, memberId: request.memberId, protocolName: null };
  const joined = await join(request, context);
  return {
    errorCode: joined.error,
    generationId: joined.generation,
    protocolType: joined.protocolType,
    protocolName: joined.protocol,
    leader: joined.leader,
    skipAssignment: joined.skipAssignment,
    memberId: joined.memberId,
    members: joined.members.map(({ id, instanceId, metadata }) => ({
      memberId: id,
      groupInstanceId: instanceId,
      metadata,
    })),
  };
};

/** A group of the consumer protocol makes way for classic members if it is empty; otherwise they join it (KIP-848). */
const join = (request: RequestOf<typeof joinGroup>, context: Context): Joined | Promise<Joined> => {
  const { groupId, memberId } = request;
  const { groups, consumerGroups } = context.broker;
  const groupRequest = requestOf(request, context);
  if (consumerGroups.makeWay(groupId)) return groups.submit(groupId, groupRequest, context.signal);
  return attempt(
    context,
    () => consumerGroups.join(groupId, groupRequest),
    ({ errorCode }) => refusedJoin(errorCode, memberId),
  );
};

const refusedJoin = (error: ErrorCode, memberId: string): Joined => ({
  error,
  memberId,
  generation: -1,
  protocolType: null,
  protocol: null,
  leader: '',
  skipAssignment: false,
  members: [],
});

const refusal = (
  { groupId, sessionTimeoutMs }: RequestOf<typeof joinGroup>,
  { broker: { groupValues } }: Context,
): ErrorCode => {
  if (groupId === '') return ErrorCode.INVALID_GROUP_ID;
  const isValid =
    sessionTimeoutMs >= groupValues.minSessionTimeoutMs() &&
    sessionTimeoutMs <= groupValues.ofBroker('group.max.session.timeout.ms');
  return isValid ? ErrorCode.NONE : ErrorCode.INVALID_SESSION_TIMEOUT;
};

const requestOf = (request: RequestOf<typeof joinGroup>, { broker, version, clientId, host }: Context) => ({
  kind: 'join' as const,
  memberId: request.memberId,
  instanceId: request.groupInstanceId,
  newMemberId: `${request.groupInstanceId ?? clientId}-${randomUUID()}`,
  idRequired: version >= 4,
  canSkipAssignment: version >= 9,
  clientId,
  clientHost: `/${host}`,
  sessionTimeoutMs: request.sessionTimeoutMs,
  // Version 0 has no rebalance timeout; the session timeout is used.
  rebalanceTimeoutMs: request.rebalanceTimeoutMs > 0 ? request.rebalanceTimeoutMs : request.sessionTimeoutMs,
  protocolType: request.protocolType,
  protocols: request.protocols.map(({ name, metadata }) => ({ name, metadata: Buffer.from(metadata) })),
  maxSize: broker.groupValues.ofBroker('group.max.size'),
  initialDelayMs: broker.groupValues.ofBroker('group.initial.rebalance.delay.ms'),
});
