import { ErrorCode } from '../../wire/error-code.js';
import type { ConsumerGroup } from './consumer-group.js';

/** Who wants to commit or read offsets. */
export interface Claim {
  readonly memberId: string;
  /** Negative for a client that is not a member, such as an administrator. */
  readonly memberEpoch: number;
}

/** The first version of OffsetCommit that has a member epoch. */
const MEMBER_EPOCH_VERSION = 9;

/** Whether a client may commit offsets: members in their epoch, and anybody while there are none. */
export const commitError = (group: ConsumerGroup, claim: Claim, version: number): ErrorCode => {
  if (claim.memberEpoch < 0 && group.members.size === 0) return ErrorCode.NONE;
  const member = group.members.get(claim.memberId);
  return member && !member.classic && version < MEMBER_EPOCH_VERSION
    ? ErrorCode.UNSUPPORTED_VERSION
    : memberError(group, claim);
};

/** Whether a client may read committed offsets; anybody may who does not claim to be a member. */
export const fetchError = (group: ConsumerGroup, claim: Claim): ErrorCode =>
  claim.memberId === '' && claim.memberEpoch < 0 ? ErrorCode.NONE : memberError(group, claim);

const memberError = ({ members }: ConsumerGroup, { memberId, memberEpoch }: Claim): ErrorCode => {
  const member = members.get(memberId);
  if (!member) return ErrorCode.UNKNOWN_MEMBER_ID;
  if (memberEpoch === member.epoch) return ErrorCode.NONE;
  return member.classic ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.STALE_MEMBER_EPOCH;
};
