import { expect } from '@jest/globals';
import { createTopics } from './19-create-topics.js';
import { produce } from './00-produce.js';
import { batchOf, type BatchOptions } from '../records/batch.fixture.js';
import type { WireClient } from '../server/wire-client.fixture.js';
import { ErrorCode } from '../wire/error-code.js';

/** Creates a topic with one partition and returns its id. */
export const createTopic = async (
  client: WireClient,
  name: string,
  configs: Record<string, string> = {},
): Promise<string> => {
  const entries = Object.entries(configs).map(([key, value]) => ({ name: key, value }));
  const answer = await client.call(createTopics, 7, {
    topics: [{ name, numPartitions: 1, replicationFactor: 1, configs: entries }],
  });
  expect(answer.topics[0]!.errorCode).toBe(ErrorCode.NONE);
  return answer.topics[0]!.topicId;
};

/** Produces one batch to the only partition; `name` is an id from version 13 on. */
export const send = async (
  client: WireClient,
  name: string,
  { version = 7, ...options }: BatchOptions & { version?: number } = {},
) => {
  const topic = version >= 13 ? { topicId: name } : { name };
  const partitionData = [{ index: 0, records: batchOf(options).bytes }];
  const { responses } = await client.call(produce, version, {
    acks: -1,
    topicData: [{ ...topic, partitionData }],
  });
  return responses[0]!.partitionResponses[0]!;
};
