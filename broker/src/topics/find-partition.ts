import { ErrorCode, KafkaError } from '../wire/error-code.js';
import { LEADER_EPOCH, type Partition } from './partition.js';
import type { Topic, TopicCatalogue } from './topic-catalogue.js';

const NO_ID = '0'.repeat(32);

const NOT_HOSTED = 'This server does not host this topic-partition.';

/** Older requests contain topic names, newer ones topic ids (KIP-516). */
export interface TopicReference {
  readonly name?: string;
  readonly topicId?: string;
}

export const findTopic = (topics: TopicCatalogue, { name = '', topicId = NO_ID }: TopicReference): Topic => {
  const topic = topicId === NO_ID ? topics.get(name) : topics.withId(topicId);
  if (topic) return topic;
  if (topicId !== NO_ID)
    throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_ID, 'This server does not host this topic ID.');
  throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, NOT_HOSTED);
};

export const findPartition = (topics: TopicCatalogue, topic: TopicReference, index: number): Partition => {
  const found = findTopic(topics, topic).partitions[index];
  if (found) return found;
  throw new KafkaError(ErrorCode.UNKNOWN_TOPIC_OR_PARTITION, NOT_HOSTED);
};

/** Refuses an unknown leader epoch (KIP-320); -1 means that the client sends none. */
export const checkLeaderEpoch = (epoch: number): void => {
  if (epoch > LEADER_EPOCH) throw new KafkaError(ErrorCode.UNKNOWN_LEADER_EPOCH, `epoch ${epoch} is unknown`);
};
