import type { removeRaftVoter } from './81-remove-raft-voter.js';
import type { Broker } from '../broker.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Handler } from './handler.js';
import { checkKraftVersion, checkVoter, ownKey, voterKey, type VoterChange } from './voter-change.js';

export const answerRemoveRaftVoter: Handler<typeof removeRaftVoter> = (request, context) =>
  attempt(
    context,
    () => remove(request, context.broker),
    (failure) => failure,
  );

/** The only voter cannot be removed, and there is no other one. */
const remove = (request: RequestOf<typeof removeRaftVoter>, broker: Broker): never => {
  const change: VoterChange = { ...request, action: 'remove' };
  checkVoter(change, broker);
  checkKraftVersion(change, broker);
  const voter = voterKey(request.voterId, request.voterDirectoryId);
  throw new KafkaError(
    ErrorCode.VOTER_NOT_FOUND,
    `Cannot remove voter ${voter} from the set of voters [${ownKey(broker)}]`,
  );
};
