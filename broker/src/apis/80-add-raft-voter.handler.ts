import type { addRaftVoter } from './80-add-raft-voter.js';
import { fixedVoters } from './fixed-voters.js';
import type { Handler } from './handler.js';

export const answerAddRaftVoter: Handler<typeof addRaftVoter> = ({ clusterId }, { broker }) =>
  fixedVoters({ clusterId, change: 'adding' }, broker);
