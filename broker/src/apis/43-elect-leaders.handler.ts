import type { electLeaders } from './43-elect-leaders.js';
import type { TopicCatalogue } from '../topics/topic-catalogue.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

const UNCLEAN = 1;

/** All partitions have their leader. When all are asked for, Apache Kafka leaves out those that need no election. */
export const answerElectLeaders: Handler<typeof electLeaders> = (
  { electionType, topicPartitions },
  { broker: { topics } },
) => {
  if (electionType < 0 || electionType > UNCLEAN) return { errorCode: ErrorCode.INVALID_REQUEST };
  return {
    replicaElectionResults: topicPartitions
      ? topicPartitions.map(({ topic, partitions }) => ({
          topic,
          partitionResult: partitions.map((partitionId) => ({
            partitionId,
            ...election(topics, topic, partitionId),
          })),
        }))
      : topics.all().map(({ name }) => ({ topic: name, partitionResult: [] })),
  };
};

const election = (topics: TopicCatalogue, name: string, partition: number) => {
  const topic = topics.get(name);
  if (topic?.partitions[partition])
    return {
      errorCode: ErrorCode.ELECTION_NOT_NEEDED,
      errorMessage: 'Leader election not needed for topic partition.',
    };
  return {
    errorCode: ErrorCode.UNKNOWN_TOPIC_OR_PARTITION,
    errorMessage: topic ? `No such partition as ${name}-${partition}` : `No such topic as ${name}`,
  };
};
