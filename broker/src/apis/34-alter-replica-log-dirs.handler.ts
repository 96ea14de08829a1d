import type { alterReplicaLogDirs } from './34-alter-replica-log-dirs.js';
import type { Broker } from '../broker.js';
import { ErrorCode } from '../wire/error-code.js';
import type { Handler } from './handler.js';

type Results = Map<string, Map<number, ErrorCode>>;

/** The response groups the partitions by topic, whatever the directories are. */
export const answerAlterReplicaLogDirs: Handler<typeof alterReplicaLogDirs> = ({ dirs }, { broker }) => {
  const results: Results = new Map();
  for (const { path, topics } of dirs)
    for (const { name, partitions } of topics) {
      const found = results.get(name) ?? new Map<number, ErrorCode>();
      for (const partition of partitions) found.set(partition, codeFor(path, { name, partition }, broker));
      results.set(name, found);
    }
  return {
    results: [...results].map(([topicName, partitions]) => ({
      topicName,
      partitions: [...partitions].map(([partitionIndex, errorCode]) => ({ partitionIndex, errorCode })),
    })),
  };
};

const codeFor = (
  path: string,
  { name, partition }: { name: string; partition: number },
  { dataDirectory, topics }: Broker,
): ErrorCode => {
  if (path !== dataDirectory) return ErrorCode.LOG_DIR_NOT_FOUND;
  return topics.get(name)?.partitions[partition] ? ErrorCode.NONE : ErrorCode.UNKNOWN_TOPIC_OR_PARTITION;
};
