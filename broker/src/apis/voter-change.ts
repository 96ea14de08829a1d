import type { Broker } from '../broker.js';
import { directoryIdOf } from '../cluster/directory-id.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';

/** A voter of the quorum that is to be added or removed. */
export interface VoterChange {
  readonly action: 'add' | 'remove';
  readonly clusterId: string | null;
  readonly voterId: number;
  readonly voterDirectoryId: string;
}

const NO_DIRECTORY = '0'.repeat(32);

/** The first checks of Apache Kafka's KafkaRaftClient: the cluster, and the voter. */
export const checkVoter = (change: VoterChange, { clusterId }: Broker): void => {
  const { action, voterId, voterDirectoryId } = change;
  if (change.clusterId !== null && change.clusterId !== clusterId)
    throw new KafkaError(
      ErrorCode.INCONSISTENT_CLUSTER_ID,
      `The given id "${change.clusterId}" doesn't match the cluster id "${clusterId}"`,
    );
  if (voterId < 0 || voterDirectoryId === NO_DIRECTORY)
    refuse(`${action === 'add' ? 'Add' : 'Remove'} voter request didn't include a valid voter`);
};

/** Below level 1 of kraft.version, the voters are fixed. */
export const checkKraftVersion = ({ action }: VoterChange, { features }: Broker): void => {
  const doing = action === 'add' ? 'adding' : 'removing';
  if (features.kraftVersion < 1)
    throw new KafkaError(
      ErrorCode.UNSUPPORTED_VERSION,
      `Cluster doesn't support ${doing} voter because the kraft.version feature is 0`,
    );
};

/** How Apache Kafka writes a voter, and this broker, which is the only one. */
export const voterKey = (id: number, directoryId: string): string =>
  `ReplicaKey(id=${id}, directoryId=${Buffer.from(directoryId, 'hex').toString('base64url')})`;
export const ownKey = ({ nodeId, clusterId }: Broker): string => voterKey(nodeId, directoryIdOf(clusterId));

export const refuse = (message: string): never => {
  throw new KafkaError(ErrorCode.INVALID_REQUEST, message);
};
