import { ErrorCode } from '../../wire/error-code.js';
import type { ConsumerGroup } from './consumer-group.js';
import { partitionKey } from './partition-key.js';

export interface Claim {
  readonly memberId: string;
  /** Negative for a client that is not a member, such as an administrator. */
  readonly memberEpoch: number;
}

/** The first version of OffsetCommit that has a member epoch. */
const MEMBER_EPOCH_VERSION = 9;

/** The error for a partition whose offset a client wants to commit. */
export type CommitCheck = (topicId: string, partition: number) => ErrorCode;

/**
 * Whether a client may commit offsets. A member that has not yet heard of its new epoch may commit for the partitions
 * that it had before (KIP-1251).
 */
export const commitCheck = (
  group: ConsumerGroup,
  { memberId, memberEpoch }: Claim,
  version: number,
): CommitCheck => {
  const always = (error: ErrorCode): CommitCheck => () => error;
  if (memberEpoch < 0 && group.members.size === 0) return always(ErrorCode.NONE);
  const member = group.members.get(memberId);
  if (!member) return always(ErrorCode.UNKNOWN_MEMBER_ID);
  if (version < MEMBER_EPOCH_VERSION) return always(ErrorCode.UNSUPPORTED_VERSION);
  if (memberEpoch === member.epoch) return always(ErrorCode.NONE);
  if (memberEpoch > member.epoch) return always(ErrorCode.STALE_MEMBER_EPOCH);
  return (topicId, partition) => {
    const since = member.assigned.get(partitionKey(topicId, partition)) ?? Infinity;
    return memberEpoch >= since ? ErrorCode.NONE : ErrorCode.STALE_MEMBER_EPOCH;
  };
};

/** Whether a client may read committed offsets; anybody may who does not claim to be a member. */
export const fetchError = (group: ConsumerGroup, { memberId, memberEpoch }: Claim): ErrorCode => {
  if (memberId === '' && memberEpoch < 0) return ErrorCode.NONE;
  const member = group.members.get(memberId);
  if (!member) return ErrorCode.UNKNOWN_MEMBER_ID;
  return memberEpoch === member.epoch ? ErrorCode.NONE : ErrorCode.STALE_MEMBER_EPOCH;
};
