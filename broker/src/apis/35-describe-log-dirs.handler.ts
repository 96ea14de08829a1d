import { setImmediate } from 'node:timers/promises';
import type { describeLogDirs } from './35-describe-log-dirs.js';
import type { Topic } from '../topics/topic-catalogue.js';
import type { RequestOf } from '../wire/api.js';
import { ErrorCode } from '../wire/error-code.js';
import { failureOf, type Context, type Handler } from './handler.js';

type Requested = NonNullable<RequestOf<typeof describeLogDirs>['topics']>;

/** Sizes come from the disk: other requests have their turn after this many partitions. */
const PARTITIONS_PER_TURN = 50;

/** Topics and partitions that do not exist are left out, as in Apache Kafka. */
export const answerDescribeLogDirs: Handler<typeof describeLogDirs> = async ({ topics }, context) => {
  const { broker } = context;
  try {
    const space = await broker.space();
    return {
      results: [
        { logDir: broker.dataDirectory, topics: await sizesOf(partitionsOf(topics, context)), ...space },
      ],
    };
  } catch (error) {
    failureOf(error, context);
    return { results: [{ logDir: broker.dataDirectory, errorCode: ErrorCode.KAFKA_STORAGE_ERROR }] };
  }
};

/** The requested partitions of each topic once, whatever a request repeats; null means all. */
const partitionsOf = (requested: Requested | null, { broker }: Context): Map<Topic, Set<number>> => {
  if (!requested)
    return new Map(broker.topics.all().map((topic) => [topic, new Set(topic.partitions.keys())]));
  const found = new Map<Topic, Set<number>>();
  for (const { topic: name, partitions } of requested) {
    const topic = broker.topics.get(name);
    if (!topic) continue;
    const indexes = found.get(topic) ?? new Set();
    for (const index of partitions) if (topic.partitions[index]) indexes.add(index);
    found.set(topic, indexes);
  }
  return found;
};

const sizesOf = async (requested: Map<Topic, Set<number>>) => {
  const topics = [];
  let turn = 0;
  for (const [{ name, partitions }, indexes] of requested) {
    const sizes = [];
    for (const partitionIndex of indexes) {
      sizes.push({ partitionIndex, partitionSize: partitions[partitionIndex]!.size });
      if (++turn % PARTITIONS_PER_TURN === 0) await setImmediate();
    }
    if (sizes.length > 0) topics.push({ name, partitions: sizes });
  }
  return topics;
};
