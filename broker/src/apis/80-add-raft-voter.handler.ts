import type { addRaftVoter } from './80-add-raft-voter.js';
import type { Broker } from '../broker.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Handler } from './handler.js';
import { checkKraftVersion, checkVoter, ownKey, refuse, voterKey, type VoterChange } from './voter-change.js';

type Request = RequestOf<typeof addRaftVoter>;

export const answerAddRaftVoter: Handler<typeof addRaftVoter> = (request, context) =>
  attempt(
    context,
    () => add(request, context.broker),
    (failure) => failure,
  );

/** A voter has to be reached before it is added; there is no other broker, so that it cannot be. */
const add = (request: Request, broker: Broker): never => {
  const { voterId, voterDirectoryId, listeners } = request;
  const change: VoterChange = { ...request, action: 'add' };
  checkVoter(change, broker);
  if (!listeners.some(({ name }) => name === 'CONTROLLER'))
    refuse("Add voter request didn't include the endpoint for the default listener ListenerName(CONTROLLER)");
  checkKraftVersion(change, broker);
  if (voterId === broker.nodeId)
    throw new KafkaError(
      ErrorCode.DUPLICATE_VOTER,
      `The voter id for ${voterKey(voterId, voterDirectoryId)} is already part of the set of voters [${ownKey(broker)}].`,
    );
  throw new KafkaError(
    ErrorCode.REQUEST_TIMED_OUT,
    'Aborted add voter operation for since API_VERSIONS returned an error BROKER_NOT_AVAILABLE',
  );
};
