import type { Broker } from '../broker.js';
import { commitError } from '../groups/consumer/offset-access.js';
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

/** Whether a client may commit, by the rules of the protocol of its group. `version` is that of OffsetCommit. */
export const commitCheck = async (
  { groups, consumerGroups, offsets }: Broker,
  { groupId, ...client }: Committer,
  version: number,
): Promise<ErrorCode> => {
  const { memberId, generation } = client;
  const group = consumerGroups.get(groupId);
  if (group) return commitError(group, { memberId, memberEpoch: generation }, version);
  const isUnknown = (): boolean => !groups.get(groupId) && offsets.of(groupId).length === 0;
  if (generation >= 0 && isUnknown())
    return version < MEMBER_EPOCH_VERSION ? ErrorCode.ILLEGAL_GENERATION : ErrorCode.GROUP_ID_NOT_FOUND;
  return (await groups.submit(groupId, { kind: 'commit', ...client })).error;
};
