import type { alterPartitionReassignments } from './45-alter-partition-reassignments.js';
import type { Broker } from '../broker.js';
import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { attempt, type Handler } from './handler.js';

interface Reassignment {
  readonly topic: string;
  readonly partition: number;
  /** Null cancels a reassignment that is in progress. */
  readonly replicas: readonly number[] | null;
}

/** A valid assignment is the one that the partition has, so nothing remains to be done. */
export const answerAlterPartitionReassignments: Handler<typeof alterPartitionReassignments> = (
  request,
  context,
) => ({
  allowReplicationFactorChange: request.allowReplicationFactorChange,
  errorMessage: null,
  responses: request.topics.map(({ name, partitions }) => ({
    name,
    partitions: partitions.map(({ partitionIndex, replicas }) => ({
      partitionIndex,
      ...attempt(
        context,
        () => {
          check({ topic: name, partition: partitionIndex, replicas }, context.broker);
          return { errorMessage: null };
        },
        ({ errorCode, errorMessage }) => ({ errorCode, errorMessage: errorMessage || null }),
      ),
    })),
  })),
});

/** The checks of Apache Kafka's ReplicationControlManager, in its order. */
const check = ({ topic, partition, replicas }: Reassignment, { topics, nodeId }: Broker): void => {
  const found = topics.get(topic);
  if (!found)
    throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, `Unable to find a topic named ${topic}.`);
  if (!found.partitions[partition])
    throw new KafkaError(
      ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
      `Unable to find partition ${topic}:${partition}.`,
    );
  if (!replicas) throw new KafkaError(ErrorCode.NO_REASSIGNMENT_IN_PROGRESS, '');
  const problem = problemWith(replicas, nodeId);
  if (problem)
    throw new KafkaError(
      ErrorCode.INVALID_REPLICA_ASSIGNMENT,
      `The manual partition assignment includes ${problem}`,
    );
};

const problemWith = (replicas: readonly number[], nodeId: number): string | undefined => {
  if (replicas.length === 0) return 'an empty replica list.';
  const unknown = replicas.toSorted((a, b) => a - b).find((replica) => replica !== nodeId);
  if (unknown !== undefined) return `broker ${unknown}, but no such broker is registered.`;
  return replicas.length > 1 ? `the broker ${nodeId} more than once.` : undefined;
};
