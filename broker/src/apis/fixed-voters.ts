import type { Broker } from '../broker.js';
import { ErrorCode } from '../wire/error-code.js';

interface VoterChange {
  readonly clusterId: string | null;
  readonly change: 'adding' | 'removing';
}

/** The response to a change of the quorum, whose voters are fixed at kraft.version 0 (KIP-853). */
export const fixedVoters = ({ clusterId, change }: VoterChange, broker: Pick<Broker, 'clusterId'>) =>
  clusterId !== null && clusterId !== broker.clusterId
    ? {
        errorCode: ErrorCode.INCONSISTENT_CLUSTER_ID,
        errorMessage: `The given id "${clusterId}" doesn't match the cluster id "${broker.clusterId}"`,
      }
    : {
        errorCode: ErrorCode.UNSUPPORTED_VERSION,
        errorMessage: `Cluster doesn't support ${change} voter because the kraft.version feature is 0`,
      };
