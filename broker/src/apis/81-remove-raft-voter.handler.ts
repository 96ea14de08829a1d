import type { removeRaftVoter } from './81-remove-raft-voter.js';
import { fixedVoters } from './fixed-voters.js';
import type { Handler } from './handler.js';

export const answerRemoveRaftVoter: Handler<typeof removeRaftVoter> = ({ clusterId }, { broker }) =>
  fixedVoters({ clusterId, change: 'removing' }, broker);
