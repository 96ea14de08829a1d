import { metadata } from '../apis/03-metadata.js';
import { ErrorCode } from '../wire/error-code.js';
import { call, type Exchange } from './call.js';
import { checkError } from './check-error.js';

export interface TopicInfo {
  readonly name: string;
  readonly topicId: string;
  readonly partitions: readonly number[];
}

/** Looks up a topic; undefined if it does not exist. */
export const findTopic = async (
  exchange: Exchange,
  name: string,
  { create = false } = {},
): Promise<TopicInfo | undefined> => {
  const body = { topics: [{ name }], allowAutoTopicCreation: create };
  const { topics } = await call(exchange, metadata, body);
  const { errorCode, topicId, partitions } = topics[0]!;
  if (errorCode === ErrorCode.UNKNOWN_TOPIC_OR_PARTITION) return undefined;
  checkError({ errorCode }, `topic "${name}"`);
  return { name, topicId, partitions: partitions.map(({ partitionIndex }) => partitionIndex) };
};
