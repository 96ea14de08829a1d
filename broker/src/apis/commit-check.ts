import type { Broker } from '../broker.js';
import { commitCheck, type CommitCheck } from '../groups/consumer/offset-access.js';
import { ErrorCode } from '../wire/error-code.js';

export interface Committer {
  readonly groupId: string;
  readonly memberId: string;
  readonly instanceId: string | null;
  /** A generation, or the epoch of a member of the consumer protocol. */
  readonly generation: number;
}

/** The first version of OffsetCommit that knows member epochs, and their errors. */
const MEMBER_EPOCH_VERSION = 9;

/** What a client may commit, by the rules of the protocol of its group. `version` is that of OffsetCommit. */
export const commitCheckOf = async (
  { groups, consumerGroups, offsets }: Broker,
  { groupId, ...client }: Committer,
  version: number,
): Promise<CommitCheck> => {
  const group = consumerGroups.get(groupId);
  if (group)
    return commitCheck(group, { memberId: client.memberId, memberEpoch: client.generation }, version);
  const isKnown = groups.get(groupId) !== undefined || offsets.of(groupId).length > 0;
  if (!isKnown && client.generation >= 0 && version >= MEMBER_EPOCH_VERSION)
    return () => ErrorCode.GROUP_ID_NOT_FOUND;
  const { error } = await groups.submit(groupId, { kind: 'commit', ...client });
  return () => error;
};
